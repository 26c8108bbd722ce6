/*
 * As much of the service as the tests of clients and workers need, in memory: queues, leases with their waits, reports. Tests
 * see what was asked in `calls`, and may answer in its place by `answer`.
 */
import http from 'node:http';
import { parse, stringify } from '../src/json.js';

const OUTCOMES = { success: 'succeeded', retry: 'scheduled', fail: 'dead', snooze: 'scheduled', release: 'ready' };

export class FakeService {
  /** @type {{ call: string, headers: http.IncomingHttpHeaders, body: any }[]} */
  calls = [];
  /** @type {Map<string, any>} all jobs by id */
  jobs = new Map();
  /** @type {Map<string, any[]>} reports by id of the job */
  reports = new Map();
  /** Answers in place of the service if it returns something. @type {(call: string, body: any) => any} */
  answer = () => undefined;
  drain = false;
  /** Whether Redis does not answer where reports go. */
  reportsUnavailable = false;
  #leases = new Map();
  #byKey = new Map();
  #waiters = new Set();
  #last = 0;
  #server = http.createServer((request, response) => this.#take(request, response));

  /** @param {number} [port] */
  async start(port = 0) {
    await new Promise((resolve) => this.#server.listen(port, '127.0.0.1', () => resolve(undefined)));
    this.port = /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
    return this;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** With all connections, as if it were killed. It can be started again. */
  async stop() {
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
    this.#server = http.createServer((request, response) => this.#take(request, response));
  }

  /** @param {any} job @returns {any} as it changes */
  enqueue({ id = `job-${++this.#last}`, handler = 'echo', payload = null, timeout = 'PT5M' }) {
    const job = { id, queue: 'q', handler, payload, timeout, state: 'ready', attempt: 0, maxAttempts: 10, fence: 0, errors: [] };
    this.jobs.set(id, job);
    this.changed();
    return job;
  }

  /** The service takes the job away. @param {string} id @param {string} status as leases are told: cancelled, lost, timed-out */
  takeAway(id, status) {
    const job = this.jobs.get(id);
    job.state = status === 'cancelled' ? 'cancelled' : 'scheduled';
    for (const lease of this.#leases.values()) {
      if (lease.job === job && lease.status === 'held') {
        lease.status = status;
      }
    }
    this.changed();
  }

  /** Ends when there is something new to be looked at, or then. @param {number} until */
  #changeBefore(until) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, until - Date.now());
      this.#waiters.add(() => {
        clearTimeout(timer);
        resolve(undefined);
      });
    });
  }

  changed() {
    const waiters = [...this.#waiters];
    this.#waiters.clear();
    waiters.forEach((wake) => wake());
  }

  /** @param {() => unknown} condition */
  async until(condition) {
    const deadline = Date.now() + 20_000;
    while (!condition()) {
      if (Date.now() > deadline) {
        throw new Error(`not within 20 s: ${condition}`);
      }
      await this.#changeBefore(Date.now() + 20);
    }
  }

  /** @param {string} call such as `POST /v1/leases` */
  called(call) {
    return this.calls.filter((each) => each.call === call);
  }

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  async #take(request, response) {
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) {
      text += chunk;
    }
    const call = `${request.method} ${request.url}`;
    const body = request.headers['content-type'] === 'application/json' ? parse(text) : text;
    this.calls.push({ call, headers: request.headers, body });
    let gone = false;
    response.on('close', () => {
      gone = true;
      this.changed();
    });
    const said = /wait=(\d+)/.exec(String(request.headers.prefer));
    const asked = { body, key: request.headers['idempotency-key'], until: Date.now() + Number(said?.[1] ?? 0) * 1000, gone: () => gone };
    const answer = (await this.answer(call, body)) ?? (await this.#answer(call, asked));
    if (answer === 'hang up') {
      request.socket.destroy();
    } else {
      const { status = 200, headers = {}, json } = answer;
      const type = status < 300 ? 'application/json' : 'application/problem+json';
      response.writeHead(status, { 'Content-Type': type, ...headers }).end(json === undefined ? '' : stringify(json));
    }
    this.changed();
  }

  /** @param {string} call @param {any} asked */
  async #answer(call, asked) {
    if (call === 'POST /v1/leases') {
      return this.#lease(asked);
    }
    if (call === 'POST /v1/leases/report') {
      return { json: { reports: asked.body.reports.map((/** @type {any} */ report) => this.#settle(report)) } };
    }
    if (call === 'POST /v1/leases/extend') {
      return this.#extend(asked);
    }
    return problem(404, 'not-found', call);
  }

  /** @param {any} asked */
  async #lease({ body, key, until, gone }) {
    const reports = body.reports?.map((/** @type {any} */ report) => this.#settle(report));
    const before = this.#byKey.get(key);
    const mine = { leases: before?.leases ?? [], over: false };
    if (before !== undefined) {
      before.over = true;
      this.changed();
    }
    this.#byKey.set(key, mine);
    while (mine.leases.length === 0 && !mine.over && !gone() && !this.drain) {
      mine.leases = this.#claim(body);
      if (mine.leases.length > 0 || Date.now() >= until) {
        break;
      }
      await this.#changeBefore(until);
    }
    const held = mine.over ? [] : mine.leases.filter((/** @type {any} */ { status }) => status === 'held');
    return { json: { jobs: held.map(shown), ...(reports ? { reports } : {}), drain: this.drain } };
  }

  /** @param {any} body */
  #claim({ handlers, max, lease }) {
    const due = [...this.jobs.values()].filter(({ state, handler }) => state === 'ready' && handlers.includes(handler));
    return due.slice(0, max).map((job) => {
      Object.assign(job, { state: 'running', attempt: job.attempt + 1, fence: job.fence + 1, startedAt: new Date().toISOString() });
      const made = { token: `ls_${job.id}_${job.fence}`, job, status: 'held', length: Number(/PT(.+)S/.exec(lease)?.[1]) * 1000 };
      this.#leases.set(made.token, made);
      return made;
    });
  }

  /** @param {any} report */
  #settle({ token, outcome, ...rest }) {
    if (this.reportsUnavailable) {
      return { token, status: 'unavailable' };
    }
    const lease = this.#leases.get(token);
    if (lease === undefined || lease.status !== 'held') {
      return { token, status: 'lost' };
    }
    const { job } = lease;
    lease.status = 'lost';
    job.state = OUTCOMES[/** @type {keyof OUTCOMES} */ (outcome)];
    job.result = rest.result;
    this.reports.set(job.id, [...(this.reports.get(job.id) ?? []), { outcome, ...rest }]);
    return { token, status: 'applied', state: job.state };
  }

  /** @param {any} asked */
  async #extend({ body, until, gone }) {
    for (const { token, progress, log } of body.leases) {
      const job = this.#leases.get(token)?.job;
      if (job !== undefined) {
        job.progress = progress ?? job.progress;
        job.log = [...(job.log ?? []), ...(log ?? [])];
      }
    }
    const held = () => body.leases.every((/** @type {any} */ { token }) => this.#leases.get(token)?.status === 'held');
    while (held() && Date.now() < until && !gone()) {
      await this.#changeBefore(until);
    }
    return {
      json: {
        drain: this.drain,
        leases: body.leases.map((/** @type {any} */ { token }) => {
          const lease = this.#leases.get(token);
          return { token, status: lease?.status ?? 'lost', ...(lease?.status === 'held' ? lasting(lease.length) : {}) };
        }),
      },
    };
  }
}

/** @param {number} status @param {string} type @param {string} detail @param {Record<string, string>} [headers] */
export function problem(status, type, detail, headers) {
  return { status, headers, json: { type: `urn:mainstay:problem:${type}`, title: type, status, detail } };
}

/** @param {any} lease */
function shown({ token, job, length }) {
  const { fence, ...rest } = job;
  return { ...rest, lease: { token, fence, ...lasting(length) } };
}

/** @param {number} length */
function lasting(length) {
  return { until: new Date(Date.now() + length).toISOString(), remaining: length };
}
