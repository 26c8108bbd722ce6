const MOST_LINES = 50;
const LINES_AT_ONCE = 20;

/** What a handler has said of itself that the service does not know yet. */
export class Said {
  /** @type {{ percent: number, note?: string } | undefined} */
  #progress;
  /** @type {string[]} */
  #lines = [];

  /** @param {number} percent @param {string} [note] */
  progress(percent, note) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new RangeError(`percent is ${percent}, but must be from 0 to 100`);
    }
    this.#progress = { percent: Math.floor(percent), note };
  }

  /** @param {string} line */
  log(line) {
    this.#lines.push(line);
    // The service keeps no more either.
    if (this.#lines.length > MOST_LINES) {
      this.#lines.shift();
    }
  }

  get empty() {
    return this.#progress === undefined && this.#lines.length === 0;
  }

  /** As much as one call may tell. */
  take() {
    const taken = { progress: this.#progress, log: this.#lines.length === 0 ? undefined : this.#lines.splice(0, LINES_AT_ONCE) };
    this.#progress = undefined;
    return taken;
  }

  /** What could not be told, unless something newer is there. @param {ReturnType<Said['take']>} taken */
  putBack({ progress, log = [] }) {
    this.#progress ??= progress;
    this.#lines = [...log, ...this.#lines].slice(-MOST_LINES);
  }
}
