import { setTimeout as sleep } from 'node:timers/promises';

/** Waits between tries: they double, and half of each is random, so that those who failed together do not come back together. */
export class Backoff {
  #first;
  #most;
  #next;

  /** @param {number} first in milliseconds @param {number} most in milliseconds; no wait is longer unless somebody asks for it */
  constructor(first, most) {
    this.#first = first;
    this.#most = most;
    this.#next = first;
  }

  /** @param {number} [atLeast] as a service asked, in milliseconds */
  next(atLeast = 0) {
    const wait = this.#next / 2 + (Math.random() * this.#next) / 2;
    this.#next = Math.min(this.#next * 2, this.#most);
    return atLeast === 0 ? wait : atLeast + wait;
  }

  reset() {
    this.#next = this.#first;
  }
}

/**
 * Ends early, and well, when the signal is aborted.
 * @param {number} ms
 * @param {AbortSignal} signal
 */
export async function pause(ms, signal) {
  await sleep(ms, undefined, { signal }).catch(() => {});
}

/**
 * Sends until it succeeds, for so long. Only for what may be sent again.
 * @template T
 * @param {() => Promise<T>} send rejects with an error that says whether it is `temporary`
 * @param {number} retryFor milliseconds; a wait that would end later is not begun
 * @param {AbortSignal} [signal]
 * @returns {Promise<T>}
 */
export async function persistently(send, retryFor, signal) {
  const until = performance.now() + retryFor;
  const backoff = new Backoff(100, 5000);
  for (;;) {
    try {
      return await send();
    } catch (error) {
      const failure = /** @type {any} */ (error);
      const wait = backoff.next(failure.retryAfter);
      if (failure.temporary !== true || performance.now() + wait > until) {
        throw failure;
      }
      await sleep(wait, undefined, { signal });
    }
  }
}
