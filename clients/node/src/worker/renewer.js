/*
 * Keeps leases alive, and hears what becomes of them. One call has all of them; it is applied at once and answered when one
 * was cancelled or lost, or after a third of a lease. A job that the open call does not have is covered within half a second
 * of its start, by another call in its place. What handlers say goes in calls of its own, which do not wait.
 */
import { Backoff, pause } from '../backoff.js';
import { ProblemError } from '../errors.js';
import { parse, stringify } from '../json.js';
import { OneAtATime } from './one-at-a-time.js';

const TICK = 50;
const COVERED_AFTER = 250;
const SHORTEST_PAUSE = 500;
const SAID_EVERY = 500;
const LEAVE = 1000;
const MOST_LEASES = 1000;
const LONGEST_WAIT_SECONDS = 50;

export class Renewer {
  #connection;
  #settings;
  #held;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;
  #ended = new AbortController();
  /** @type {Set<import('./run.js').Run>} those of the open call */
  #covered = new Set();
  /** @type {AbortController | undefined} */
  #open;
  #asking = false;
  #askedAt = -Infinity;
  #saidAt = -Infinity;
  #backoff = new Backoff(100, 1500);
  #saying = new OneAtATime(() => this.#say());

  /**
   * @param {import('../connection.js').Connection} connection
   * @param {ReturnType<import('./settings.js').settings>} settings
   * @param {Map<string, import('./run.js').Run>} held runs by token: those under way, and those not reported yet
   */
  constructor(connection, settings, held) {
    this.#connection = connection;
    this.#settings = settings;
    this.#held = held;
  }

  /** To be called when there is a run. */
  watch() {
    this.#timer ??= setInterval(() => this.#tick(), TICK);
  }

  /** Tells the service what handlers have said. Ends when that was tried. */
  async tell() {
    await this.#saying.run();
  }

  end() {
    clearInterval(this.#timer);
    this.#ended.abort();
    this.#open?.abort();
  }

  #tick() {
    if (this.#held.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    const now = performance.now();
    let uncovered = false;
    let said = false;
    for (const run of this.#held.values()) {
      if (!run.lost && run.heldUntil <= now) {
        run.expire();
      }
      uncovered ||= !run.lost && now - run.since >= COVERED_AFTER && !this.#covered.has(run);
      said ||= run.running && !run.said.empty;
    }
    if (said && now - this.#saidAt >= SAID_EVERY) {
      this.#saidAt = now;
      this.#saying.run();
    }
    if (uncovered && now - this.#askedAt >= COVERED_AFTER) {
      this.#open?.abort();
      this.#renew();
    }
  }

  /** Calls until nothing is held. */
  async #renew() {
    if (this.#asking) {
      return;
    }
    this.#asking = true;
    let certain = true;
    while (!this.#ended.signal.aborted) {
      const runs = [...this.#held.values()].filter((run) => !run.lost).slice(0, MOST_LEASES);
      if (runs.length === 0) {
        break;
      }
      certain = await this.#hold(runs, certain);
    }
    this.#covered = new Set();
    this.#asking = false;
  }

  /**
   * @param {import('./run.js').Run[]} runs
   * @param {boolean} certain whether the call before succeeded; after one that did not, the answer is wanted at once
   */
  async #hold(runs, certain) {
    const { leaseMillis } = this.#settings;
    const third = Math.floor(leaseMillis / 3000);
    const wait = certain ? Math.min(third, LONGEST_WAIT_SECONDS) : 0;
    this.#askedAt = performance.now();
    this.#covered = new Set(runs);
    const open = new AbortController();
    this.#open = open;
    try {
      await this.#extend(runs.map(({ token }) => ({ token })), wait, open.signal);
      this.#backoff.reset();
      // Leases that are too short for a wait in whole seconds; or jobs that ended made the answer come soon.
      const rest = wait === 0 && certain ? leaseMillis / 4 : SHORTEST_PAUSE - (performance.now() - this.#askedAt);
      await pause(Math.max(0, rest), open.signal);
      return true;
    } catch (failure) {
      if (open.signal.aborted) {
        return certain;
      }
      this.#settings.logger.debug(`mainstay: leases could not be extended: ${failure}`);
      await pause(this.#backoff.next(), open.signal);
      return false;
    }
  }

  async #say() {
    const runs = [...this.#held.values()].filter((run) => !run.lost && !run.said.empty).slice(0, MOST_LEASES);
    const taken = runs.map((run) => ({ run, said: run.said.take() }));
    if (taken.length === 0) {
      return;
    }
    try {
      await this.#extend(taken.map(({ run, said }) => ({ token: run.token, ...said })), 0, this.#ended.signal);
    } catch (failure) {
      this.#settings.logger.debug(`mainstay: progress could not be told: ${failure}`);
      taken.forEach(({ run, said }) => run.said.putBack(said));
    }
  }

  /** Says that this was the worker's last request, so that it is not listed for longer than it is there. */
  async leave() {
    const body = stringify({ worker: this.#settings.name, leases: [], leaving: true });
    try {
      await this.#connection.send('POST', '/v1/leases/extend', { body, timeout: LEAVE });
    } catch (failure) {
      this.#settings.logger.debug(`mainstay: the service was not told of the end: ${failure}`);
    }
  }

  /** @param {{ token: string }[]} leases @param {number} wait @param {AbortSignal} signal */
  async #extend(leases, wait, signal) {
    const body = stringify({ worker: this.#settings.name, leases });
    // Sooner than the leases end, so that there is time for another try.
    const timeout = Math.min(10_000, this.#settings.leaseMillis / 6 + 500);
    const answer = await this.#connection.send('POST', '/v1/leases/extend', { body, wait, timeout, signal });
    if (answer.status !== 200) {
      throw ProblemError.of(answer);
    }
    for (const lease of parse(answer.text).leases) {
      this.#apply(lease, answer.at);
    }
  }

  /** @param {any} lease @param {number} at */
  #apply(lease, at) {
    const run = this.#held.get(lease.token);
    if (run === undefined) {
      return;
    }
    if (lease.status === 'held') {
      run.extended(lease, at);
    } else if (lease.status === 'lost' || lease.status === 'cancelled' || lease.status === 'timed-out') {
      run.interrupt(lease.status);
    } else if (lease.status === 'invalid') {
      // If that stays so, the lease ends.
      this.#settings.logger.error(`mainstay: the lease of ${run} is not extended: ${lease.problem?.detail}`);
    }
  }
}
