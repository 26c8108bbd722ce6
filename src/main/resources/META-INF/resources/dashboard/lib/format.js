// Numbers, durations and times as text.

import { bucketEnd, seconds } from './durations.js';

const NUMBER = new Intl.NumberFormat('en');

/** @param {number} number */
export function count(number) {
  return NUMBER.format(number);
}

/** @param {number} number @param {string} one @param {string} [many] */
export function counted(number, one, many = `${one}s`) {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** @param {number} bytes */
export function size(bytes) {
  if (bytes < 1024) {
    return counted(bytes, 'byte');
  }
  const kibi = bytes / 1024;
  if (kibi < 1024) {
    return `${kibi.toFixed(1)} KiB`;
  }
  return kibi < 1024 * 1024 ? `${(kibi / 1024).toFixed(1)} MiB` : `${(kibi / 1024 / 1024).toFixed(1)} GiB`;
}

const UNITS = /** @type {const} */ ([
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
]);

/** The two largest units: `3 h 12 min`. @param {number} ms */
export function duration(ms) {
  const length = Math.abs(ms) / 1000;
  if (length < 1) {
    return `${Math.round(Math.abs(ms))} ms`;
  }
  if (length < 60) {
    return `${length < 10 ? Math.round(length * 10) / 10 : Math.round(length)} s`;
  }
  let left = Math.round(length);
  const parts = [];
  for (const [unit, whole] of UNITS) {
    const amount = Math.floor(left / whole);
    left -= amount * whole;
    if (amount > 0) {
      parts.push(`${amount} ${unit}`);
    }
  }
  if (left > 0) {
    parts.push(`${left} s`);
  }
  return parts.slice(0, 2).join(' ');
}

/**
 * A percentile as what is known of it: an upper bound, rounded up.
 * @param {number} length in seconds, of GET /v1/stats
 */
export function atMost(length) {
  const end = bucketEnd(length * 1000);
  const digit = end < 1000 ? 1 : end < 10_000 ? 100 : 1000;
  return end === Infinity ? '37 h or more' : `≤ ${duration(Math.ceil(end / digit) * digit)}`;
}

/** `3 min ago`, `in 2 h`. @param {number} ms from now; negative: past */
export function relative(ms) {
  const whole = Math.round(ms / 1000) * 1000;
  if (Math.abs(whole) < 1000) {
    return 'now';
  }
  return whole < 0 ? `${duration(whole)} ago` : `in ${duration(whole)}`;
}

/** With its zone. @param {string} iso */
export function localTime(iso) {
  return new Date(iso).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' });
}

/** Local time, and as the service wrote it. @param {string} iso */
export function exactTime(iso) {
  return `${localTime(iso)} · ${iso}`;
}

/** ISO-8601 as people say it: `PT1M30S` is `1 min 30 s`. @param {string} iso */
export function isoDuration(iso) {
  const length = seconds(iso);
  return Number.isNaN(length) ? iso : duration(length * 1000);
}
