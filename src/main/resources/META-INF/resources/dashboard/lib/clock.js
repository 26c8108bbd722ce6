// The clock of the service, which is that of Redis, as far as it can be told from the times in its answers: none of the past that it tells
// is later than its now. So its clock is ahead of this browser's by the largest difference seen, to about the time an answer takes.

import { signal } from '@preact/signals';

const REMEMBERED_MS = 10 * 60 * 1000;

/** Whether times are shown exactly, for those who cannot hover over one. */
export const exact = signal(false);

/** @type {{ahead: number, at: number}[]} the largest difference of each of the last minutes */
let seen = [];

/** Moves on once a second, so that relative times do. */
export const tick = signal(Date.now());

setInterval(() => {
  if (document.visibilityState === 'visible') {
    tick.value = Date.now();
  }
}, 1000);

/** @param {string | undefined} past a moment that has just passed by the service's clock */
export function observe(past) {
  const at = Date.now();
  const ahead = past ? Date.parse(past) - at : NaN;
  if (Number.isNaN(ahead)) {
    return;
  }
  const last = seen[seen.length - 1];
  if (last && at - last.at < 60_000) {
    last.ahead = Math.max(last.ahead, ahead);
  } else {
    seen = [...seen.filter((each) => at - each.at < REMEMBERED_MS), { ahead, at }];
  }
}

/** Now by the service's clock, in milliseconds. */
export function serviceNow() {
  return Date.now() + (seen.length === 0 ? 0 : Math.max(...seen.map((each) => each.ahead)));
}
