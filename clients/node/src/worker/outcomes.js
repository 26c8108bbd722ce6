/*
 * How a handler's run ends, as the service is told. What a handler returns is its result; what it throws has the job tried
 * again. The three classes say something else, thrown or returned.
 */
import { inspect } from 'node:util';
import { iso } from '../duration.js';

const MOST_TYPE_CHARACTERS = 100;
const MOST_MESSAGE_CHARACTERS = 1000;
// A character is at most three bytes: 16 KiB are accepted.
const MOST_STACK_CHARACTERS = 5000;
const MOST_CAUSES = 5;

/** What says how the run ends. */
export class Told extends Error {
  /** @param {string} message @param {string | undefined} type @param {unknown} cause */
  constructor(message, type, cause) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = type ?? new.target.name;
  }
}

/** The attempt failed; the job is tried again while attempts are left, as after any other error. */
export class Retry extends Told {
  /** @param {string} message @param {{ delay?: number | string, type?: string, cause?: unknown }} [options] */
  constructor(message, { delay, type, cause } = {}) {
    super(message, type, cause);
    this.delay = delay === undefined ? undefined : iso(delay, 'delay');
  }
}

/** The job is dead, whatever attempts are left. */
export class Fail extends Told {
  /** @param {string} message @param {{ type?: string, cause?: unknown }} [options] */
  constructor(message, { type, cause } = {}) {
    super(message, type, cause);
  }
}

/** The job runs again later, from the beginning; that is neither an attempt nor an error. */
export class Snooze extends Told {
  /** @param {number | string} delay */
  constructor(delay) {
    super('snoozed', undefined, undefined);
    this.delay = iso(delay, 'delay');
  }
}

/**
 * @param {unknown} value what a handler returned
 * @returns {Record<string, unknown>} a report without its token
 */
export function returned(value) {
  return value instanceof Told ? thrown(value) : { outcome: 'success', result: value };
}

/**
 * @param {unknown} error what a handler threw
 * @returns {Record<string, unknown>} a report without its token
 */
export function thrown(error) {
  if (error instanceof Snooze) {
    return { outcome: 'snooze', delay: error.delay };
  }
  if (error instanceof Fail) {
    return { outcome: 'fail', error: described(error) };
  }
  return { outcome: 'retry', error: described(error), delay: error instanceof Retry ? error.delay : undefined };
}

/** @param {unknown} error */
function described(error) {
  if (!(error instanceof Error)) {
    const text = typeof error === 'string' ? error : inspect(error);
    return { type: typeof error, message: text.slice(0, MOST_MESSAGE_CHARACTERS) };
  }
  // A class of errors that does not name itself has the name of the class that it extends.
  const type = Object.hasOwn(error, 'name') || error.name !== 'Error' ? error.name : error.constructor.name;
  return {
    type: String(type).slice(0, MOST_TYPE_CHARACTERS) || 'Error',
    message: String(error.message).slice(0, MOST_MESSAGE_CHARACTERS),
    stack: stackOf(error).slice(0, MOST_STACK_CHARACTERS),
  };
}

/** @param {Error} error */
function stackOf(error) {
  const stacks = [String(error.stack)];
  let cause = error.cause;
  while (cause instanceof Error && stacks.length <= MOST_CAUSES) {
    stacks.push(`Caused by: ${cause.stack}`);
    cause = cause.cause;
  }
  return stacks.join('\n');
}
