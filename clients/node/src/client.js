import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { persistently } from './backoff.js';
import { Connection } from './connection.js';
import { millis, withIsoDurations } from './duration.js';
import { MainstayError, ProblemError, WaitTimeoutError } from './errors.js';
import { parse, stringify } from './json.js';
import { Schedules } from './schedules.js';

const ENDED = new Set(['succeeded', 'dead', 'cancelled']);
// As long as the service waits by default, less what the way takes.
const LONGEST_WAIT = 50_000;
const MOST_JOBS_AT_ONCE = 5000;
const MOST_CHARACTERS_AT_ONCE = 8 * 1024 * 1024;

/**
 * Adds jobs, reads and steers them. Every call is sent again while the service is away or busy, with growing random waits, and
 * that is safe: an enqueue carries an id or key that makes one job of all its repeats.
 */
export class Client {
  #connection;
  #retryFor;

  /** @param {import('../index.d.ts').ClientOptions} [options] */
  constructor(options = {}) {
    this.#connection = new Connection(options);
    this.#retryFor = millis(options.retryFor ?? 30_000, 'retryFor');
    this.schedules = new Schedules(this);
  }

  /**
   * @param {any} job
   * @param {import('../index.d.ts').EnqueueOptions} [options]
   */
  async enqueue(job, { wait, idempotencyKey, traceparent, signal } = {}) {
    const { queue, ...rest } = job;
    const path = queue === undefined ? '/v1/jobs' : `${queuePath(queue)}/jobs`;
    const key = idempotencyKey ?? (rest.id === undefined ? randomUUID() : undefined);
    const headers = { 'Idempotency-Key': key, traceparent };
    return this.request('POST', path, { body: withIsoDurations(rest), wait, headers, signal });
  }

  /**
   * @param {string} queue
   * @param {Iterable<any>} jobs
   * @param {import('../index.d.ts').BulkOptions} [options]
   */
  async bulk(queue, jobs, { idempotencyKey = randomUUID(), results = 'failed', signal } = {}) {
    /** @type {import('../index.d.ts').BulkResult} */
    const done = { created: 0, existing: 0, failed: 0, results: [] };
    let before = 0;
    let part = 0;
    for (const lines of portions(jobs)) {
      const query = results === 'failed' ? '?results=failed' : '';
      const answer = await this.#text('POST', `${queuePath(queue)}/jobs/bulk${query}`, {
        body: lines.join('\n'),
        headers: { 'Content-Type': 'application/x-ndjson', 'Idempotency-Key': `${idempotencyKey}-${part++}` },
        signal,
      });
      done.created += answer.created;
      done.existing += answer.existing;
      done.failed += answer.failed;
      for (const result of answer.results) {
        done.results.push({ ...result, index: before + result.index });
      }
      before += lines.length;
    }
    return done;
  }

  /**
   * @param {string} queue
   * @param {string} id
   * @param {{ wait?: number | string, signal?: AbortSignal }} [options]
   * @returns {Promise<any>} null if there is no such job
   */
  async get(queue, id, options) {
    return this.request('GET', jobPath(queue, id), options).catch((failure) => {
      if (failure.type === 'job-not-found') {
        return null;
      }
      throw failure;
    });
  }

  /**
   * @param {string} queue
   * @param {string} id
   * @param {{ timeout?: number | string, signal?: AbortSignal }} [options]
   */
  async wait(queue, id, { timeout = Infinity, signal } = {}) {
    const until = performance.now() + millis(timeout, 'timeout');
    for (;;) {
      const asked = performance.now();
      const job = await this.get(queue, id, { wait: Math.max(0, Math.min(until - asked, LONGEST_WAIT)), signal });
      if (job === null) {
        throw new MainstayError(`there is no job ${id} in queue ${queue}`);
      }
      if (ENDED.has(job.state)) {
        return job;
      }
      const now = performance.now();
      if (now >= until) {
        throw new WaitTimeoutError(job);
      }
      if (now - asked < 500) {
        // The instance had no room to wait, or is about to end.
        await sleep(Math.min(until - now, 250 + Math.random() * 250), undefined, { signal });
      }
    }
  }

  /** @param {string} queue @param {string} id */
  async cancel(queue, id) {
    return this.request('DELETE', jobPath(queue, id));
  }

  /** @param {string} queue @param {string} id */
  async requeue(queue, id) {
    return this.request('POST', `${jobPath(queue, id)}/requeue`);
  }

  /** @param {string} queue @param {string} id */
  async explain(queue, id) {
    return this.request('GET', `${jobPath(queue, id)}/explain`);
  }

  /** @param {string} queue @param {string} id */
  async attempts(queue, id) {
    return (await this.request('GET', `${jobPath(queue, id)}/attempts`)).attempts;
  }

  /** @param {string} queue @param {string} id */
  async log(queue, id) {
    return (await this.request('GET', `${jobPath(queue, id)}/log`)).lines;
  }

  /**
   * Any other call of the REST API.
   * @param {string} method
   * @param {string} path
   * @param {import('../index.d.ts').RequestOptions} [options]
   */
  async request(method, path, { body, wait, headers, signal } = {}) {
    const seconds = wait === undefined ? 0 : Math.ceil(millis(wait, 'wait') / 1000);
    return this.#text(method, path, { body: stringify(body), wait: seconds, headers, signal });
  }

  /** Closes the connections. Calls under way fail. */
  close() {
    this.#connection.close();
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {import('./connection.js').Call} call
   */
  async #text(method, path, call) {
    const send = async () => {
      const answer = await this.#connection.send(method, path, call);
      if (answer.status < 200 || answer.status > 299) {
        throw ProblemError.of(answer);
      }
      return answer.text === '' ? undefined : parse(answer.text);
    };
    return persistently(send, this.#retryFor, call.signal);
  }
}

/** @param {string} queue */
function queuePath(queue) {
  return `/v1/queues/${encodeURIComponent(queue)}`;
}

/** @param {string} queue @param {string} id */
function jobPath(queue, id) {
  return `${queuePath(queue)}/jobs/${encodeURIComponent(id)}`;
}

/**
 * Jobs as lines, in portions that are one request each.
 * @param {Iterable<any>} jobs
 */
function* portions(jobs) {
  /** @type {string[]} */
  let lines = [];
  let characters = 0;
  for (const job of jobs) {
    const line = /** @type {string} */ (stringify(withIsoDurations(job)));
    if (lines.length === MOST_JOBS_AT_ONCE || (lines.length > 0 && characters + line.length > MOST_CHARACTERS_AT_ONCE)) {
      yield lines;
      lines = [];
      characters = 0;
    }
    lines.push(line);
    characters += line.length;
  }
  if (lines.length > 0) {
    yield lines;
  }
}
