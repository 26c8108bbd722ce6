// State changes as they happen, read by fetch since EventSource cannot send a key. They are hints: whoever hears of one reads again.

import { address, headers, Problem, problemOf, query, unreachable } from './api.js';
import { observe } from './clock.js';

/**
 * @typedef {{name: string, data: any}} Change
 */

const AGAIN_MS = [500, 1000, 2000, 3000];
/** Where everything changes all the time, to read from time to time is cheaper for both sides than to hear of each change. */
const MOST_A_SECOND = 500;
const REST_MS = 10_000;

/** Splits what comes into events. */
export class EventParser {
  constructor() {
    this.rest = '';
  }

  /** @param {string} text @returns {Change[]} */
  take(text) {
    const parts = (this.rest + text).split('\n\n');
    this.rest = parts.pop() ?? '';
    return parts.flatMap((part) => {
      let name = '';
      let data = '';
      for (const line of part.split('\n')) {
        if (line.startsWith('event:')) {
          name = line.slice(6).trim();
        } else if (line.startsWith('data:')) {
          data += line.slice(5).trim();
        }
      }
      return name === '' ? [] : [{ name, data: data === '' ? {} : JSON.parse(data) }];
    });
  }
}

/**
 * Hears of changes until it is closed; opens the stream again when it ends, and none while the page is not seen.
 * `open` is told first, and after each gap: what was read before may be old.
 */
export class EventSubscription {
  /** @param {{queue?: string, state?: string}} filter @param {(change: Change) => void} listener */
  constructor(filter, listener) {
    this.where = `events${query(filter)}`;
    this.listener = listener;
    this.tries = 0;
    this.heard = { since: 0, events: 0 };
    /** @type {AbortController | null} */
    this.reading = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.closed = false;
    this.seen = () => this.whetherSeen();
    document.addEventListener('visibilitychange', this.seen);
    this.whetherSeen();
  }

  close() {
    this.closed = true;
    document.removeEventListener('visibilitychange', this.seen);
    this.pause();
  }

  pause() {
    clearTimeout(this.timer);
    this.reading?.abort();
    this.reading = null;
  }

  whetherSeen() {
    if (document.visibilityState === 'hidden') {
      this.pause();
    } else if (!this.reading && !this.closed) {
      void this.read();
    }
  }

  /** @param {number} more */
  tooMany(more) {
    const now = Date.now();
    if (now - this.heard.since > 1000) {
      this.heard = { since: now, events: 0 };
    }
    this.heard.events += more;
    return this.heard.events > MOST_A_SECOND;
  }

  async read() {
    const reading = new AbortController();
    this.reading = reading;
    try {
      const response = await fetch(address(this.where), {
        headers: { Accept: 'text/event-stream', ...headers() },
        cache: 'no-store',
        credentials: 'omit',
        signal: reading.signal,
      });
      if (!response.ok || !response.body) {
        throw problemOf(response, await response.text());
      }
      const parser = new EventParser();
      const stream = response.body.pipeThrough(new TextDecoderStream()).getReader();
      for (;;) {
        const { done, value } = await stream.read();
        if (done) {
          break;
        }
        this.tries = 0;
        const changes = parser.take(value);
        for (const change of changes) {
          observe(change.data.time);
          this.listener(change);
        }
        if (this.tooMany(changes.length)) {
          this.pause();
          this.timer = setTimeout(() => this.whetherSeen(), REST_MS);
        }
      }
    } catch (error) {
      if (error instanceof Problem && !error.passing) {
        // It would be refused again; what is shown is read from time to time all the same.
        this.close();
      } else if (!reading.signal.aborted && error instanceof TypeError) {
        unreachable();
      }
    }
    if (!reading.signal.aborted && !this.closed) {
      this.reading = null;
      this.timer = setTimeout(() => this.whetherSeen(), AGAIN_MS[Math.min(this.tries++, AGAIN_MS.length - 1)]);
    }
  }
}
