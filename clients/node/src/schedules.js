import { randomUUID } from 'node:crypto';
import { withIsoDurations } from './duration.js';

/** Jobs that recur by cron. */
export class Schedules {
  #client;

  /** @param {import('./client.js').Client} client */
  constructor(client) {
    this.#client = client;
  }

  /**
   * Makes it, or changes it to this; the same again changes nothing.
   * @param {string} name
   * @param {any} schedule
   */
  async put(name, schedule) {
    const body = { ...schedule, job: withIsoDurations(schedule.job) };
    return this.#client.request('PUT', path(name), { body });
  }

  /** @param {string} name @returns {Promise<any>} null if there is none */
  async get(name) {
    return this.#client.request('GET', path(name)).catch((failure) => {
      if (failure.type === 'schedule-not-found') {
        return null;
      }
      throw failure;
    });
  }

  /** All of them, page by page. */
  async *list() {
    let cursor = '';
    do {
      const page = await this.#client.request('GET', `/v1/schedules${cursor}`);
      yield* page.schedules;
      cursor = page.next === undefined ? '' : `?cursor=${encodeURIComponent(page.next)}`;
    } while (cursor !== '');
  }

  /** @param {string} name @param {number} [count] @returns {Promise<string[]>} times of the next runs */
  async preview(name, count = 10) {
    return (await this.#client.request('GET', `${path(name)}/preview?count=${count}`)).runs;
  }

  /** @param {string} name */
  async pause(name) {
    return this.#client.request('POST', `${path(name)}/pause`);
  }

  /** @param {string} name */
  async resume(name) {
    return this.#client.request('POST', `${path(name)}/resume`);
  }

  /**
   * Adds a job now, beside the runs.
   * @param {string} name
   * @param {import('../index.d.ts').TriggerOptions} [options]
   */
  async trigger(name, { wait, idempotencyKey = randomUUID(), signal } = {}) {
    const headers = { 'Idempotency-Key': idempotencyKey };
    return this.#client.request('POST', `${path(name)}/trigger`, { wait, headers, signal });
  }

  /** Whether there was one or not. @param {string} name */
  async delete(name) {
    await this.#client.request('DELETE', path(name));
  }
}

/** @param {string} name */
function path(name) {
  return `/v1/schedules/${encodeURIComponent(name)}`;
}
