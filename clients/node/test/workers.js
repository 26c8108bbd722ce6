/* What tests of workers share: a service of their own, and workers that are stopped in the end. */
import { afterEach, beforeEach } from 'node:test';
import { Worker } from '../src/index.js';
import { FakeService } from './fake-service.js';

const QUIET = { debug() {}, info() {}, warn() {}, error() {} };

/** To be called once in a file of tests. */
export function workers() {
  /** @type {Worker[]} */
  let started = [];
  const tools = {
    /** Of the test that runs. @type {FakeService} */
    service: new FakeService(),

    /** @param {any} handlers @param {any} [options] */
    start(handlers, options) {
      const worker = new Worker({ url: tools.service.url, queues: ['q'], handlers, logger: QUIET, ...options });
      started.push(worker);
      const ended = worker.run({ signals: false });
      ended.catch(() => {});
      return { worker, ended };
    },
  };
  beforeEach(async () => {
    tools.service = await new FakeService().start();
    started = [];
  });
  afterEach(async () => {
    await Promise.all(started.map((worker) => worker.stop({ grace: 0 })));
    await tools.service.stop();
  });
  return tools;
}

/**
 * Ends when the signal is aborted, with its reason.
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
export async function aborted(signal) {
  if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }
  return signal.reason;
}

/** @param {number} ms */
export function wait(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
