import { millis } from '../duration.js';
import { InterruptedError } from '../errors.js';
import { Context } from './context.js';
import { Said } from './said.js';
import { Told, returned, thrown } from './outcomes.js';

/** One leased job and its handler's run. */
export class Run {
  said = new Said();
  /** Whether its handler runs. */
  running = false;
  /** Whether it was given back, so that its handler's outcome does not count any more. */
  released = false;
  #controller = new AbortController();
  /** @type {InterruptedError['why'] | undefined} */
  #why;
  #until;

  /**
   * @param {any} leased a job as the answer to a lease call has it
   * @param {number} at when that answer came, by performance.now()
   */
  constructor(leased, at) {
    const { lease, ...job } = leased;
    this.job = job;
    this.token = lease.token;
    this.fence = lease.fence;
    this.since = at;
    /** When the lease ends if it is not extended, by performance.now(): later than true by the time that the answer took. */
    this.heldUntil = at + lease.remaining;
    this.#until = lease.until;
  }

  /** Whether the service has taken the job away: whatever the handler does counts for nothing. */
  get lost() {
    return this.#why !== undefined && this.#why !== 'stopping';
  }

  get signal() {
    return this.#controller.signal;
  }

  /** Tells the handler to stop. The first reason stays. @param {InterruptedError['why']} why */
  interrupt(why) {
    if (this.#why === undefined || (this.#why === 'stopping' && why !== 'stopping')) {
      this.#why = why;
      this.#controller.abort(new InterruptedError(why));
    }
  }

  /**
   * @param {{ until: string, remaining: number }} lease
   * @param {number} at when the answer came
   */
  extended({ until, remaining }, at) {
    // Answers may overtake one another; a lease does not become shorter.
    if (at + remaining > this.heldUntil) {
      this.heldUntil = at + remaining;
      this.#until = until;
    }
  }

  /** To be called when the lease has ended by the clock of this process. */
  expire() {
    this.interrupt(this.#endsWithTheAttempt() ? 'timed-out' : 'lost');
  }

  /**
   * @param {import('../../index.d.ts').Handler | undefined} handler
   * @returns {Promise<Record<string, unknown>>} the report, without its token
   */
  async execute(handler) {
    if (handler === undefined) {
      return { outcome: 'retry', error: { type: 'unknown-handler', message: `this worker has no handler ${this.job.handler}` } };
    }
    this.running = true;
    try {
      return returned(await handler(this.job, new Context(this)));
    } catch (error) {
      // Who stops because the worker stops has not failed.
      return this.#why === 'stopping' && !(error instanceof Told) ? { outcome: 'release' } : thrown(error);
    } finally {
      this.running = false;
    }
  }

  toString() {
    return `${this.job.queue}/${this.job.id}`;
  }

  /** Whether the lease could not be longer, because the time-out or deadline of the job ends it. */
  #endsWithTheAttempt() {
    const { startedAt, timeout, deadline } = this.job;
    const until = Date.parse(this.#until);
    return until >= Date.parse(startedAt) + millis(timeout, 'timeout') || until >= Date.parse(deadline);
  }
}
