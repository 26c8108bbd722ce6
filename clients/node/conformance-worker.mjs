// The conformance worker of this SDK, see ../conformance/README.md.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Fail, Retry, Snooze, Worker } from './src/index.js';

const { MAINSTAY_WORKER, MAINSTAY_QUEUE = '', MAINSTAY_CONCURRENCY, MAINSTAY_LEASE, MAINSTAY_GRACE } = process.env;
const client = new Client();

/** @type {Record<string, import('./index.js').Handler>} */
const handlers = {
  echo: (job) => job.payload ?? null,

  'fail-then-succeed'({ attempt, payload }) {
    if (attempt <= payload.failures) {
      throw new Retry(`attempt ${attempt}`, { type: 'Flaky' });
    }
    return { attempt };
  },

  fail({ payload }) {
    throw new Fail(payload.message, { type: 'no-stock' });
  },

  'snooze-once'({ snoozes = 0, payload }) {
    return snoozes === 0 ? new Snooze(payload.ms) : { snoozes };
  },

  async progress({ payload: { steps, ms } }, context) {
    for (let step = 1; step <= steps; step++) {
      await sleep(ms, undefined, { signal: context.signal });
      context.progress((100 * step) / steps, `step ${step} of ${steps}`);
      context.log(`step ${step}`);
    }
    return { steps };
  },

  async sleep({ attempt, payload }, { signal }) {
    await sleep(payload.ms, undefined, { signal });
    return { attempt };
  },

  async cancellable({ id, payload }, { signal }) {
    try {
      await sleep(payload.ms, undefined, { signal });
    } catch (stopped) {
      const { why } = signal.reason;
      if (why !== 'stopping') {
        await client.enqueue({ queue: payload.tell, handler: 'echo', id: `told-${id}`, payload: { why } });
      }
      throw stopped;
    }
  },

  'big-result': ({ payload }) => 'x'.repeat(payload.bytes),
};

await new Worker({
  name: MAINSTAY_WORKER,
  queues: [MAINSTAY_QUEUE],
  handlers,
  concurrency: Number(MAINSTAY_CONCURRENCY),
  lease: MAINSTAY_LEASE,
  grace: Number(MAINSTAY_GRACE) * 1000,
}).run();
client.close();
