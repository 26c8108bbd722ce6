import { pause } from '../backoff.js';
import { Connection } from '../connection.js';
import { millis } from '../duration.js';
import { LeaseLoop } from './lease-loop.js';
import { Renewer } from './renewer.js';
import { Reporter } from './reporter.js';
import { Run } from './run.js';
import { settings } from './settings.js';
import { untilSignalled } from './signals.js';

// What handlers may take to notice that they should stop, and reports to be sent, when a worker stops.
const NOTICE = 500;
const LAST_REPORTS = 5000;
// So many calls bring all log lines that are kept.
const MOST_LAST_WORDS = 3;

/** Runs jobs of some queues by handlers that are functions. */
export class Worker {
  #settings;
  #connection;
  /** @type {Map<string, Run>} by token: those under way, and those not reported yet */
  #held = new Map();
  #running = 0;
  #stopping = false;
  /** @type {() => void} */
  #idle = () => {};
  /** @type {Reporter} */
  #reporter;
  /** @type {LeaseLoop} */
  #leases;
  #renewer;
  /** @type {Promise<void> | undefined} */
  #ended;
  /** @type {Promise<void> | undefined} */
  #stopped;
  #hurry = new AbortController();

  /** @param {import('../../index.d.ts').WorkerOptions} options */
  constructor(options) {
    this.#settings = settings(options);
    this.#connection = new Connection(options);
    this.#reporter = new Reporter(this.#connection, {
      carried: () => this.#leases.leaving,
      over: (run) => this.#over(run),
      logger: this.#settings.logger,
    });
    const slots = { free: this.#free.bind(this), accept: this.#accept.bind(this) };
    this.#leases = new LeaseLoop(this.#connection, this.#settings, slots, this.#reporter);
    this.#renewer = new Renewer(this.#connection, this.#settings, this.#held);
  }

  /** As the service knows it. */
  get name() {
    return this.#settings.name;
  }

  /**
   * Runs jobs until it is stopped: by stop(), or, unless `signals` is false, by SIGTERM or SIGINT.
   * @param {{ signals?: boolean }} [options]
   * @throws {ProblemError} if the service refuses the very first call
   */
  async run({ signals = true } = {}) {
    if (this.#ended !== undefined) {
      throw new Error('a worker runs once; make another one');
    }
    const ignore = signals ? untilSignalled((times) => this.stop(times > 1 ? { grace: 0 } : {})) : () => {};
    const { logger, name, queues, concurrency } = this.#settings;
    logger.info(`mainstay: ${name} serves ${queues.join(', ')}, ${concurrency} jobs at a time`);
    this.#ended = this.#leases.run();
    try {
      await this.#ended;
    } finally {
      await this.stop();
      ignore();
    }
  }

  /**
   * Takes no more jobs, lets those that run end, for `grace` at most, gives back those that did not. A second call with a
   * grace of 0 ends the wait.
   * @param {{ grace?: number | string }} [options]
   */
  async stop({ grace } = {}) {
    if (grace !== undefined && millis(grace, 'grace') === 0) {
      this.#hurry.abort();
    }
    this.#stopped ??= this.#stop(grace === undefined ? this.#settings.graceMillis : millis(grace, 'grace'));
    return this.#stopped;
  }

  /** @param {number} grace */
  async #stop(grace) {
    this.#stopping = true;
    const { logger, name } = this.#settings;
    logger.info(`mainstay: ${name} stops; ${this.#running} jobs run`);
    const until = performance.now() + grace;
    await this.#leases.stop();
    await this.#handlersEnd(until - performance.now(), this.#hurry.signal);
    this.#runs().forEach((run) => run.interrupt('stopping'));
    await this.#handlersEnd(NOTICE);
    this.#runs().forEach((run) => this.#release(run));
    await this.#reporter.emptied(LAST_REPORTS);
    this.#renewer.end();
    await this.#renewer.leave();
    this.#connection.close();
    logger.info(`mainstay: ${name} has stopped`);
  }

  /**
   * A job runs until the service knows what became of it, so that it never counts more than may run, and no more reports
   * are kept while they cannot be sent.
   * @param {number} reports that go along, and count before jobs are leased
   */
  #free(reports) {
    return this.#settings.concurrency - this.#held.size + reports;
  }

  /** @param {Run} run */
  #over(run) {
    this.#held.delete(run.token);
    this.#leases.wake();
  }

  /** @param {any} leased @param {number} at */
  #accept(leased, at) {
    if (this.#held.has(leased.lease.token)) {
      return;
    }
    const run = new Run(leased, at);
    this.#held.set(run.token, run);
    if (this.#stopping) {
      this.#release(run);
      return;
    }
    this.#running++;
    this.#renewer.watch();
    this.#execute(run);
  }

  /** @param {Run} run */
  async #execute(run) {
    const report = await run.execute(this.#settings.handlers.get(run.job.handler));
    for (let calls = 0; calls < MOST_LAST_WORDS && !run.lost && !run.said.empty; calls++) {
      await this.#renewer.tell();
    }
    this.#running--;
    this.#leases.wake();
    if (run.lost) {
      this.#held.delete(run.token);
    } else if (!run.released) {
      this.#reporter.add(run, report);
    }
    if (this.#running === 0) {
      this.#idle();
    }
  }

  #runs() {
    return [...this.#held.values()].filter((run) => run.running && !run.lost);
  }

  /** @param {Run} run */
  #release(run) {
    run.released = true;
    this.#reporter.add(run, { outcome: 'release' });
  }

  /** @param {number} ms @param {AbortSignal} [hurry] */
  async #handlersEnd(ms, hurry) {
    if (this.#running === 0 || ms <= 0) {
      return;
    }
    const enough = new AbortController();
    this.#idle = () => enough.abort();
    await pause(ms, hurry === undefined ? enough.signal : AbortSignal.any([enough.signal, hurry]));
  }
}
