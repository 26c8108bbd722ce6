/*
 * Reports on their way to the service. They go with the next lease call if one is about to leave, else at once in a call of
 * their own; those that come meanwhile go together in the next. A report is kept and sent again until the service has
 * answered it, or its lease has ended.
 */
import { Backoff, pause } from '../backoff.js';
import { ProblemError } from '../errors.js';
import { parse, stringify } from '../json.js';
import { thrown } from './outcomes.js';

const MOST_AT_ONCE = 200;
// Below the largest body that the service takes by default, with room for what else a lease call says.
const MOST_CHARACTERS_AT_ONCE = 256 * 1024;
const FIRST_WAIT = 50;
const SOON = 5;
const LONGEST_WAIT = 1500;

/**
 * @typedef {object} Report
 * @property {import('./run.js').Run} run
 * @property {string} text
 * @property {boolean} corrected whether it stands for one that was refused
 * @property {boolean} again whether the service could not take it before
 * @property {Backoff} backoff
 * @property {number} notBefore by performance.now()
 */

export class Reporter {
  #connection;
  #carried;
  #over;
  #logger;
  /** @type {Report[]} */
  #waiting = [];
  #away = 0;
  #sending = false;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #abort = new AbortController();

  /**
   * @param {import('../connection.js').Connection} connection
   * @param {{ carried: () => boolean, over: (run: import('./run.js').Run) => void, logger: import('../../index.d.ts').Logger }} worker
   *     carried: whether a lease call is about to leave, and takes what waits; over: nothing more is to be done for a run
   */
  constructor(connection, { carried, over, logger }) {
    this.#connection = connection;
    this.#carried = carried;
    this.#over = over;
    this.#logger = logger;
  }

  /** How many are not answered yet. */
  get size() {
    return this.#waiting.length + this.#away;
  }

  /** @param {import('./run.js').Run} run @param {Record<string, unknown>} report without its token */
  add(run, report) {
    this.#waiting.push(this.#written(run, report, false));
    this.flush();
  }

  /** Sends what waits, unless a lease call is about to take it. */
  flush() {
    if (!this.#sending && this.#waiting.length > 0) {
      this.#sending = true;
      // What ends in the same turn of the event loop goes together.
      setImmediate(() => this.#send());
    }
  }

  /** Those for one call. All of them have to be settled or put back. @returns {Report[]} */
  take() {
    const now = performance.now();
    /** @type {Report[]} */
    const taken = [];
    /** @type {Report[]} */
    const left = [];
    let characters = 0;
    for (const report of this.#waiting) {
      if (report.run.lost || report.run.heldUntil <= now) {
        this.#end(report, 'the lease ended before the service could be told');
      } else if (taken.length === MOST_AT_ONCE || report.notBefore > now || (taken.length > 0 && characters + report.text.length > MOST_CHARACTERS_AT_ONCE)) {
        left.push(report);
      } else {
        taken.push(report);
        characters += report.text.length;
      }
    }
    this.#waiting = left;
    this.#away += taken.length;
    return taken;
  }

  /** @param {Report[]} taken that were not answered */
  putBack(taken) {
    this.#away -= taken.length;
    this.#waiting = [...taken, ...this.#waiting];
  }

  /** @param {Report[]} taken @param {any[]} answers in the same order */
  settle(taken, answers) {
    this.#away -= taken.length;
    taken.forEach((report, place) => {
      const { status, problem } = answers[place] ?? {};
      if (status === 'applied' || status === 'repeated') {
        this.#end(report);
      } else if (status === 'lost') {
        this.#end(report, "it was not this worker's any more");
      } else if (status === 'invalid') {
        this.#correct(report, new ProblemError(422, problem ?? {}));
      } else {
        this.#later(report);
      }
    });
  }

  /** Ends when every report was answered or given up, or after so long. @param {number} ms */
  async emptied(ms) {
    const until = performance.now() + ms;
    while (this.size > 0 && performance.now() < until) {
      this.flush();
      await pause(10, this.#abort.signal);
    }
    if (this.size > 0) {
      this.#logger.error(`mainstay: the service could not be told what became of ${this.size} jobs; their leases run out`);
    }
    this.#abort.abort();
  }

  async #send() {
    const backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT);
    while (!this.#carried() && !this.#abort.signal.aborted) {
      const taken = this.take();
      if (taken.length === 0) {
        break;
      }
      if (await this.#post(taken)) {
        backoff.reset();
      } else {
        await pause(backoff.next(), this.#abort.signal);
      }
    }
    this.#sending = false;
    this.#lookAgain();
  }

  /** When the next one may be sent; or soon, if a lease call was about to take what waits. */
  #lookAgain() {
    if (this.#waiting.length === 0 || this.#timer !== undefined || this.#abort.signal.aborted) {
      return;
    }
    const next = Math.min(...this.#waiting.map(({ notBefore }) => notBefore));
    const look = () => {
      this.#timer = undefined;
      this.flush();
    };
    this.#timer = setTimeout(look, Math.max(SOON, next - performance.now()));
  }

  /** @param {Report[]} taken @returns {Promise<boolean>} whether the service answered */
  async #post(taken) {
    const body = `{"reports":[${taken.map(({ text }) => text).join(',')}]}`;
    try {
      const answer = await this.#connection.send('POST', '/v1/leases/report', { body });
      if (answer.status === 200) {
        this.settle(taken, parse(answer.text).reports);
        return true;
      }
      return await this.#refused(taken, ProblemError.of(answer));
    } catch (failure) {
      this.#logger.debug(`mainstay: reports could not be sent: ${failure}`);
      this.putBack(taken);
      return false;
    }
  }

  /** @param {Report[]} taken @param {ProblemError} problem @returns {Promise<boolean>} */
  async #refused(taken, problem) {
    if (problem.temporary || problem.status === 401 || problem.status === 403 || problem.status >= 500) {
      this.#logger.warn(`mainstay: reports are refused for now: ${problem.message}`);
      this.putBack(taken);
      return false;
    }
    this.#away -= taken.length;
    if (taken.length === 1) {
      this.#correct(taken[0], problem);
      return true;
    }
    // One of them is to blame: each for itself.
    for (const report of taken) {
      this.#away++;
      await this.#post([report]);
    }
    return true;
  }

  /**
   * A report that the service will never take becomes one that it can.
   * @param {Report} report @param {ProblemError} problem
   */
  #correct(report, problem) {
    const { run, corrected } = report;
    if (corrected || problem.type === 'invalid-token') {
      this.#logger.error(`mainstay: the report on ${run} is refused: ${problem.message}`);
      this.#end(report);
      return;
    }
    const tooLarge = problem.type === 'payload-too-large' || problem.type === 'body-too-large' || problem.status === 413;
    const error = { type: tooLarge ? 'result-too-large' : 'invalid-report', message: problem.message };
    this.#waiting.push(this.#written(run, { outcome: tooLarge ? 'fail' : 'retry', error }, true));
    this.flush();
  }

  /** The service could not do it now. @param {Report} report */
  #later(report) {
    report.again = true;
    report.notBefore = performance.now() + report.backoff.next();
    this.#waiting.push(report);
    this.#lookAgain();
  }

  /** @param {Report} report @param {string} [why] it had no effect */
  #end({ run }, why) {
    if (why !== undefined) {
      this.#logger.warn(`mainstay: what became of ${run} is dropped: ${why}`);
    }
    this.#over(run);
  }

  /**
   * @param {import('./run.js').Run} run @param {Record<string, unknown>} report @param {boolean} corrected
   * @returns {Report}
   */
  #written(run, report, corrected) {
    const text = written(run.token, report);
    return { run, text, corrected, again: false, backoff: new Backoff(FIRST_WAIT, LONGEST_WAIT), notBefore: 0 };
  }
}

/** @param {string} token @param {Record<string, unknown>} report @returns {string} */
function written(token, report) {
  try {
    return /** @type {string} */ (stringify({ token, ...report }));
  } catch (error) {
    // The result is nothing that JSON can say.
    return /** @type {string} */ (stringify({ token, ...thrown(error) }));
  }
}
