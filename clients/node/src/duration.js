/*
 * Durations. In this package they are numbers of milliseconds or ISO-8601 texts ("PT1M30S"); the service knows the latter.
 */
const ISO = /^P(?=.)(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNITS = [86_400_000, 3_600_000, 60_000, 1000];

/**
 * @param {number | string} duration
 * @param {string} name what it is, for the error
 * @returns {string} as the service reads it; a text is passed on as it is
 */
export function iso(duration, name) {
  if (typeof duration === 'string') {
    return duration;
  }
  if (!(duration >= 0) || !Number.isFinite(duration)) {
    throw new RangeError(`${name} is ${duration}, but must be a number of milliseconds from 0 on, or an ISO-8601 duration`);
  }
  return `PT${Number((duration / 1000).toFixed(3))}S`;
}

/**
 * @param {number | string} duration
 * @param {string} name what it is, for the error
 * @returns {number} milliseconds
 */
export function millis(duration, name) {
  if (typeof duration === 'number') {
    return duration;
  }
  const found = ISO.exec(duration);
  if (found === null) {
    throw new RangeError(`${name} is ${duration}, but must be a number of milliseconds, or an ISO-8601 duration such as PT1M30S`);
  }
  return found.slice(1).reduce((sum, digits, place) => sum + Number(digits ?? 0) * UNITS[place], 0);
}

/**
 * A job as the service reads it, durations being texts.
 * @param {Record<string, any>} job
 */
export function withIsoDurations(job) {
  const { unique, backoff } = job;
  return {
    ...job,
    ...inIso(job, ['delay', 'timeout', 'expiresIn', 'within']),
    ...(typeof unique?.until === 'number' ? { unique: { ...unique, ...inIso(unique, ['until']) } } : {}),
    ...(backoff ? { backoff: isoBackoff(backoff) } : {}),
  };
}

/** @param {Record<string, any>} backoff */
function isoBackoff(backoff) {
  const delays = backoff.delays?.map((/** @type {number | string} */ delay) => iso(delay, 'delays'));
  return { ...backoff, ...inIso(backoff, ['initial', 'max', 'delay']), ...(delays ? { delays } : {}) };
}

/** @param {Record<string, any>} values @param {string[]} names */
function inIso(values, names) {
  const given = names.filter((name) => values[name] !== undefined && values[name] !== null);
  return Object.fromEntries(given.map((name) => [name, iso(values[name], name)]));
}
