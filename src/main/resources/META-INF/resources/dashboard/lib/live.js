// What a page shows, kept up to date: read at once, soon after a change, and from time to time in any case.

import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Problem } from './api.js';
import { connectionIs } from './connection.js';
import { EventSubscription } from './events.js';

/** A first change is shown at once; where changes go on, between two reads there is this long, and longer if they take long. */
const SOON_MS = 250;
const BETWEEN_MS = 700;
const REST = 9;
const RETRY_MS = [500, 1000, 2000, 3000];

/** @template T */
export class Live {
  /**
   * @param {(signal: AbortSignal) => Promise<T>} load
   * @param {number | ((data: T) => number)} every in milliseconds, perhaps by what was read last
   */
  constructor(load, every) {
    this.load = load;
    this.every = every;
    /** @type {import('@preact/signals').Signal<T | undefined>} */
    this.data = signal(undefined);
    /** @type {import('@preact/signals').Signal<Problem | undefined>} */
    this.problem = signal(undefined);
    this.failures = 0;
    this.took = 0;
    this.ended = 0;
    this.due = Infinity;
    this.again = false;
    /** @type {AbortController | null} */
    this.reading = null;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.stopped = true;
    this.seen = () => this.whetherSeen();
  }

  start() {
    this.stopped = false;
    document.addEventListener('visibilitychange', this.seen);
    this.at(0);
  }

  stop() {
    this.stopped = true;
    document.removeEventListener('visibilitychange', this.seen);
    this.reading?.abort();
    clearTimeout(this.timer);
  }

  /** Something changed: what is shown is old. */
  changed() {
    if (this.reading) {
      this.again = true;
    } else {
      this.at(Math.max(SOON_MS, this.ended + Math.max(BETWEEN_MS, this.took * REST) - Date.now()));
    }
  }

  /** Reads now: the caller did something and wants to see what became of it. */
  async reload() {
    this.reading?.abort();
    this.reading = null;
    await this.read();
  }

  whetherSeen() {
    if (document.visibilityState === 'visible') {
      this.at(0);
    }
  }

  /** @param {number} delay from now, unless something is to happen sooner */
  at(delay) {
    const due = Date.now() + delay;
    if (this.stopped || (due >= this.due && this.due > Date.now())) {
      return;
    }
    clearTimeout(this.timer);
    this.due = due;
    this.timer = setTimeout(() => {
      this.due = Infinity;
      if (document.visibilityState === 'visible') {
        void this.read();
      }
    }, delay);
  }

  async read() {
    if (this.reading) {
      return;
    }
    const reading = new AbortController();
    this.reading = reading;
    this.again = false;
    const begun = Date.now();
    let problem;
    try {
      const data = await this.load(reading.signal);
      if (reading.signal.aborted) {
        return;
      }
      this.data.value = data;
      this.failures = 0;
      connectionIs('ok');
    } catch (error) {
      if (reading.signal.aborted) {
        return;
      }
      problem = error instanceof Problem ? error : undefined;
      if (!problem) {
        console.error(error);
        problem = new Problem({ slug: 'page', status: 500, title: 'Error', detail: `Error in this page: ${error}` });
      }
      this.failures++;
    }
    this.problem.value = problem;
    this.reading = null;
    this.ended = Date.now();
    this.took = this.ended - begun;
    this.due = Infinity;
    if (problem) {
      const retry = RETRY_MS[Math.min(this.failures - 1, RETRY_MS.length - 1)];
      this.at(problem.passing ? Math.max(retry, problem.retryAfter * 1000) : this.rest());
    } else if (this.again) {
      this.changed();
    } else {
      this.at(this.rest());
    }
  }

  rest() {
    const data = this.data.value;
    return typeof this.every === 'number' ? this.every : data === undefined ? 5000 : this.every(data);
  }
}

/**
 * @template T
 * @param {string} key of what is loaded: another one is another load
 * @param {(signal: AbortSignal) => Promise<T>} load
 * @param {number | ((data: T) => number)} [every] in milliseconds
 * @returns {Live<T>}
 */
export function useLive(key, load, every = 5000) {
  const live = useMemo(() => new Live(load, every), [key]);
  useEffect(() => {
    live.start();
    return () => live.stop();
  }, [live]);
  return live;
}

/**
 * Has these read again after changes.
 * @param {{queue?: string, state?: string} | null} filter null: hears of nothing
 * @param {Live<any>[]} lives
 * @param {(change: import('./events.js').Change) => boolean} [matters]
 */
export function useChanges(filter, lives, matters = () => true) {
  const latest = useRef(matters);
  latest.current = matters;
  useEffect(() => {
    if (filter === null) {
      return undefined;
    }
    const subscription = new EventSubscription(filter, (change) => {
      if (change.name === 'open' || change.name === 'lagged' || latest.current(change)) {
        lives.forEach((live) => live.changed());
      }
    });
    return () => subscription.close();
  }, [JSON.stringify(filter), ...lives]);
}
