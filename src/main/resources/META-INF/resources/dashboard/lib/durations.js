// ISO-8601 durations as numbers.

const PARTS = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/;

/** Up to here each bucket is twice as wide as the one before, then four times. */
const NARROW_MS = 2 ** 17;
/** Where the last one begins. */
const LAST_MS = 2 ** 27;

/**
 * The end of the bucket that a percentile is from: times are counted in buckets, and a percentile is an estimate within one, rounded up.
 * Infinity if it is in the last, which has none.
 * @param {number} ms
 */
export function bucketEnd(ms) {
  if (ms >= LAST_MS) {
    return Infinity;
  }
  let end = 1;
  while (end < Math.round(ms)) {
    end *= end < NARROW_MS ? 2 : 4;
  }
  return end;
}

/** NaN if it is none. @param {string} iso */
export function seconds(iso) {
  const parts = PARTS.exec(iso);
  if (!parts) {
    return NaN;
  }
  const [, days, hours, minutes, rest] = parts.map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + rest;
}
