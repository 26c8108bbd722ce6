/*
 * Asks for jobs, one call after the other. A call carries what was reported meanwhile; one that has nothing to report waits at
 * the service until something is due.
 */
import { setImmediate as turn } from 'node:timers/promises';
import { Backoff, pause } from '../backoff.js';
import { ProblemError } from '../errors.js';
import { parse } from '../json.js';
import { LeaseRequest } from './lease-request.js';

const DRAINED_WAIT = 2000;
const REFUSED_WAIT = 10_000;
const STOP_WAIT = 2000;
// An answer with nothing that comes sooner than this did not wait: the instance is about to end, or has no room.
const SOON = 200;

/**
 * @typedef {object} Slots
 * @property {(reports: number) => number} free how many more jobs may run once so many reports have come to the service
 * @property {(job: any, at: number) => void} accept takes a leased job
 */

export class LeaseLoop {
  #connection;
  #settings;
  #slots;
  #reporter;
  #stopped = new AbortController();
  #cut = new AbortController();
  #backoff = new Backoff(100, 1500);
  #hasty = new Backoff(50, 1000);
  /** @type {LeaseRequest | undefined} */
  #request;
  /** @type {(() => void) | undefined} ends the wait for a free slot */
  #freed;
  #leaving = false;
  #reportsApart = false;
  #answered = false;
  #away = false;
  #drained = false;
  /** @type {Promise<void>} */
  #ended = Promise.resolve();

  /**
   * @param {import('../connection.js').Connection} connection
   * @param {ReturnType<import('./settings.js').settings>} settings
   * @param {Slots} slots
   * @param {import('./reporter.js').Reporter} reporter
   */
  constructor(connection, settings, slots, reporter) {
    this.#connection = connection;
    this.#settings = settings;
    this.#slots = slots;
    this.#reporter = reporter;
  }

  /** Whether a call is about to leave, and takes the reports that wait. */
  get leaving() {
    return this.#leaving;
  }

  /**
   * Ends when it is stopped.
   * @throws {ProblemError} if the service refuses the very first call: keys, names or addresses are wrong
   */
  run() {
    this.#ended = this.#run();
    return this.#ended;
  }

  /** A slot became free. */
  wake() {
    if (this.#freed !== undefined) {
      this.#leaving = true;
      this.#freed();
      this.#freed = undefined;
    }
  }

  /** Asks no more. What a call under way has leased is accepted once more. */
  async stop() {
    this.#stopped.abort();
    this.wake();
    if (this.#request !== undefined) {
      await this.#takeOver(this.#request);
    }
    this.#cut.abort();
    await this.#ended.catch(() => {});
    this.#leaving = false;
  }

  async #run() {
    while (!this.#stopped.signal.aborted) {
      if (this.#request === undefined) {
        await this.#nextRequest();
      } else {
        await this.#ask(this.#request, this.#reports());
      }
    }
  }

  async #nextRequest() {
    this.#leaving = true;
    // Handlers that end at once have ended after this turn, so that their reports go along.
    await turn();
    const reports = this.#reports();
    const free = this.#slots.free(reports.filter(({ again }) => !again).length);
    this.#leaving = false;
    if (free > 0 && !this.#stopped.signal.aborted) {
      this.#request = new LeaseRequest(this.#connection, this.#settings, free);
      await this.#ask(this.#request, reports);
      return;
    }
    this.#reporter.putBack(reports);
    this.#reporter.flush();
    if (!this.#stopped.signal.aborted) {
      await new Promise((resolve) => (this.#freed = () => resolve(undefined)));
    }
  }

  /** Those that go along. */
  #reports() {
    if (this.#reportsApart) {
      this.#reporter.flush();
      return [];
    }
    return this.#reporter.take();
  }

  /** @param {LeaseRequest} request @param {import('./reporter.js').Report[]} reports */
  async #ask(request, reports) {
    // What became of reports is told with the jobs, so a call that has some does not wait for any.
    const wait = reports.length > 0 ? 0 : this.#settings.waitSeconds;
    const asked = performance.now();
    let answer;
    let told;
    try {
      answer = await request.send(reports, wait, this.#cut.signal);
      told = answer.status === 200 ? parse(answer.text) : undefined;
    } catch (failure) {
      this.#reporter.putBack(reports);
      await this.#failed(failure, 0);
      return;
    }
    if (told === undefined) {
      this.#reporter.putBack(reports);
      await this.#refused(ProblemError.of(answer), reports.length > 0);
      return;
    }
    this.#reporter.settle(reports, told.reports ?? []);
    if (told.problem !== undefined) {
      await this.#failed(new ProblemError(told.problem.status, told.problem), 0);
      return;
    }
    this.#request = undefined;
    this.#accept(told, answer.at);
    if (told.jobs.length > 0) {
      this.#hasty.reset();
    } else if (reports.length === 0 || told.drain) {
      await this.#nothing(told.drain, answer.at - asked);
    }
  }

  /** @param {any} told @param {number} at */
  #accept({ jobs, drain }, at) {
    const { logger, name } = this.#settings;
    if (this.#away) {
      logger.info(`mainstay: ${name} gets jobs again`);
    }
    if (drain !== this.#drained) {
      logger.info(`mainstay: ${name} ${drain ? 'is drained: it takes no more jobs until that is over' : 'is not drained any more'}`);
    }
    this.#drained = drain;
    this.#away = false;
    this.#answered = true;
    this.#reportsApart = false;
    this.#backoff.reset();
    for (const job of jobs) {
      this.#slots.accept(job, at);
    }
  }

  /** @param {boolean} drain @param {number} took */
  async #nothing(drain, took) {
    if (drain) {
      await pause(DRAINED_WAIT / 2 + (Math.random() * DRAINED_WAIT) / 2, this.#stopped.signal);
    } else if (took < SOON) {
      await pause(this.#hasty.next(), this.#stopped.signal);
    } else {
      this.#hasty.reset();
    }
  }

  /** @param {unknown} failure @param {number} atLeast milliseconds */
  async #failed(failure, atLeast) {
    if (this.#stopped.signal.aborted) {
      this.#request = undefined;
      return;
    }
    if (!this.#away) {
      this.#settings.logger.warn(`mainstay: ${this.#settings.name} gets no jobs, and tries again: ${failure}`);
    }
    this.#away = true;
    await pause(this.#backoff.next(atLeast), this.#stopped.signal);
  }

  /** @param {ProblemError} problem @param {boolean} withReports */
  async #refused(problem, withReports) {
    if (problem.temporary || problem.status >= 500) {
      await this.#failed(problem, problem.retryAfter);
      return;
    }
    if (withReports) {
      // Maybe they are to blame: without them next time.
      this.#reportsApart = true;
      return;
    }
    if (!this.#answered) {
      throw problem;
    }
    this.#settings.logger.error(`mainstay: ${this.#settings.name} is refused jobs, and tries again: ${problem.message}`);
    this.#away = true;
    this.#request = undefined;
    await pause(REFUSED_WAIT / 2 + (Math.random() * REFUSED_WAIT) / 2, this.#stopped.signal);
  }

  /**
   * An open wait cannot just be left, for with its key the service would keep what it leases just then for a repeat. The repeat
   * ends the wait.
   * @param {LeaseRequest} request
   */
  async #takeOver(request) {
    try {
      const answer = await request.send([], 0, AbortSignal.timeout(STOP_WAIT));
      if (answer.status === 200) {
        this.#accept(parse(answer.text), answer.at);
      }
      await Promise.race([this.#ended, pause(STOP_WAIT, this.#cut.signal)]);
    } catch {
      // The service is away, so whatever it leased comes back by itself.
    }
  }
}
