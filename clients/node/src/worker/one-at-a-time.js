/** Work that is done once at a time. Whoever asks while it is under way gets the next one, together with all who ask till then. */
export class OneAtATime {
  #work;
  /** @type {Promise<void> | undefined} */
  #current;
  /** @type {Promise<void> | undefined} */
  #next;

  /** @param {() => Promise<void>} work */
  constructor(work) {
    this.#work = work;
  }

  /** Ends when work that began after this call has ended. @returns {Promise<void>} */
  run() {
    if (this.#current === undefined) {
      return this.#begin();
    }
    this.#next ??= this.#current.then(() => {
      this.#next = undefined;
      return this.#begin();
    });
    return this.#next;
  }

  #begin() {
    this.#current = this.#work().finally(() => (this.#current = undefined));
    return this.#current;
  }
}
