const MOST_LINES = 50;
const LINES_AT_ONCE = 20;

/** What a handler has said of itself that the service does not know yet. */
export class Said {
  /** @type {{ percent: number, note?: string } | undefined} */
  #progress;
  /** @type {string[]} */
  #lines = [];
  /** Number of the first of them within the attempt: with it none is written twice. */
  #first = 1;

  /** @param {number} percent @param {string} [note] */
  progress(percent, note) {
    if (!(percent >= 0 && percent <= 100)) {
      throw new RangeError(`percent is ${percent}, but must be from 0 to 100`);
    }
    this.#progress = { percent: Math.floor(percent), note: note === undefined ? undefined : String(note) };
  }

  /** @param {string} line */
  log(line) {
    this.#lines.push(String(line));
    this.#drop();
  }

  get empty() {
    return this.#progress === undefined && this.#lines.length === 0;
  }

  /** As much as one call may tell. */
  take() {
    const log = this.#lines.splice(0, LINES_AT_ONCE);
    const taken = { progress: this.#progress, ...(log.length > 0 ? { log, logFrom: this.#first } : {}) };
    this.#progress = undefined;
    this.#first += log.length;
    return taken;
  }

  /** What could not be told, unless something newer is there. @param {ReturnType<Said['take']>} taken */
  putBack({ progress, log = [] }) {
    this.#progress ??= progress;
    this.#lines.unshift(...log);
    this.#first -= log.length;
    this.#drop();
  }

  /** The service keeps no more of them either. */
  #drop() {
    const over = Math.max(0, this.#lines.length - MOST_LINES);
    this.#lines.splice(0, over);
    this.#first += over;
  }
}
