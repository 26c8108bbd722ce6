// ISO-8601 durations as numbers.

const PARTS = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/;

/** NaN if it is none. @param {string} iso */
export function seconds(iso) {
  const parts = PARTS.exec(iso);
  if (!parts) {
    return NaN;
  }
  const [, days, hours, minutes, rest] = parts.map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + rest;
}
