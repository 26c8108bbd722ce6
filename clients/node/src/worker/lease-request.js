import { randomUUID } from 'node:crypto';
import { stringify } from '../json.js';

/**
 * What is sent again as it is until it is answered: by its Idempotency-Key, a repeat gets the jobs that were leased by a request
 * whose answer was lost. What is reported along may be something else.
 */
export class LeaseRequest {
  #connection;
  #key = randomUUID();
  /** @type {string} */
  #body;

  /**
   * @param {import('../connection.js').Connection} connection
   * @param {ReturnType<import('./settings.js').settings>} settings
   * @param {number} max jobs
   */
  constructor(connection, settings, max) {
    const { name: worker, queues, handlers, lease, version, concurrency } = settings;
    this.#connection = connection;
    const body = { worker, queues, handlers: [...handlers.keys()], max, lease, version, concurrency };
    this.#body = /** @type {string} */ (stringify(body));
  }

  /**
   * @param {import('./reporter.js').Report[]} reports
   * @param {number} wait seconds
   * @param {AbortSignal} signal
   */
  send(reports, wait, signal) {
    const texts = reports.map(({ text }) => text).join(',');
    const body = reports.length === 0 ? this.#body : `${this.#body.slice(0, -1)},"reports":[${texts}]}`;
    const headers = { 'Idempotency-Key': this.#key };
    return this.#connection.send('POST', '/v1/leases', { body, wait, headers, signal });
  }
}
