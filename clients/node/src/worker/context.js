/** What a handler knows and may do beside its job. */
export class Context {
  #run;

  /** @param {import('./run.js').Run} run */
  constructor(run) {
    this.#run = run;
    // Bound, so that handlers may take them apart: `(job, { progress, log }) => …`.
    /** @param {number} percent 0 to 100 @param {string} [note] */
    this.progress = (percent, note) => run.said.progress(percent, note);
    /** @param {string} line */
    this.log = (line) => run.said.log(line);
  }

  /** Aborted when the run should stop; its reason is an InterruptedError. */
  get signal() {
    return this.#run.signal;
  }

  /** Rises with every claim of the job: of two, the lower one is late. */
  get fence() {
    return this.#run.fence;
  }

  /** The same for every attempt of this job, different for every other job. */
  get idempotencyKey() {
    return this.#run.toString();
  }
}
