/*
 * What can go wrong. Each error is a MainstayError; `temporary` says whether the same request may succeed later.
 */
import { parse } from './json.js';

const TEMPORARY = new Set([408, 429, 502, 503, 504]);
const PREFIX = 'urn:mainstay:problem:';

/** What all errors of this package have in common. */
export class MainstayError extends Error {
  temporary = false;

  /** @param {string} message @param {ErrorOptions} [options] */
  constructor(message, options) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** There was no answer: no connection, a lost one, or none in time. Whether the request had an effect is not known. */
export class ConnectionError extends MainstayError {
  temporary = true;
}

/** The service said no (RFC 9457). */
export class ProblemError extends MainstayError {
  /**
   * @param {number} status
   * @param {Record<string, any>} problem as the service told it
   * @param {number} retryAfter milliseconds that the service wants callers to wait
   */
  constructor(status, problem, retryAfter = 0) {
    super(`${problem.detail ?? problem.title ?? 'no details'} (${status})`);
    this.status = status;
    /** Such as `queue-full`: the type without its prefix. */
    this.type = String(problem.type ?? 'about:blank').replace(PREFIX, '');
    this.field = problem.field;
    this.problem = problem;
    this.retryAfter = retryAfter;
    this.temporary = TEMPORARY.has(status);
  }

  /** @param {{ status: number, headers: import('node:http').IncomingHttpHeaders, text: string }} answer */
  static of({ status, headers, text }) {
    const seconds = Number(headers['retry-after'] ?? 0);
    return new ProblemError(status, told(text), Number.isFinite(seconds) ? seconds * 1000 : 0);
  }
}

/** The job had not ended in time; it is not cancelled for that. */
export class WaitTimeoutError extends MainstayError {
  /** @param {import('../index.d.ts').Job} job as it was last seen */
  constructor(job) {
    super(`job ${job.id} is still ${job.state}`);
    this.job = job;
  }
}

/** A request was not signed by whom it should be. */
export class SignatureError extends MainstayError {}

/**
 * The reason of an aborted `ctx.signal`. `why` is `lost` (the lease ended, somebody else may have the job), `cancelled`,
 * `timed-out` (its time-out or deadline came) or `stopping` (the worker stops, the job is given back).
 */
export class InterruptedError extends MainstayError {
  /** @param {'lost' | 'cancelled' | 'timed-out' | 'stopping'} why */
  constructor(why) {
    super(why === 'stopping' ? 'the worker stops' : `the job is ${why === 'lost' ? "not this worker's any more" : why}`);
    this.why = why;
  }
}

/**
 * What answers to bulk requests wrap is in `stopped`; proxies tell nothing that could be read.
 * @param {string} text
 * @returns {Record<string, any>}
 */
function told(text) {
  try {
    const body = parse(text);
    return body?.stopped ?? (typeof body === 'object' && body !== null ? body : {});
  } catch {
    return {};
  }
}
