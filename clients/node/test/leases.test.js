import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InterruptedError } from '../src/index.js';
import { problem } from './fake-service.js';
import { aborted, workers } from './workers.js';

const tools = workers();

test('a job that is cancelled or taken away stops its handler, and is not reported', async () => {
  /** @type {Record<string, string>} */
  const why = {};
  tools.start({
    waits: async (/** @type {any} */ job, /** @type {any} */ { signal }) => {
      why[job.id] = (await aborted(signal)).why;
    },
  });
  for (const [id, status] of [['a', 'cancelled'], ['b', 'lost'], ['c', 'timed-out']]) {
    tools.service.enqueue({ id, handler: 'waits' });
    await tools.service.until(() => tools.service.jobs.get(id).state === 'running');
    // Before and while a call has its lease.
    if (id === 'b') {
      await tools.service.until(() => tools.service.calls.some(({ call, body }) => call.endsWith('/extend') && body.leases.some((/** @type {any} */ { token }) => token === 'ls_b_1')));
    }
    const at = performance.now();
    tools.service.takeAway(id, status);
    await tools.service.until(() => why[id] !== undefined);
    assert.ok(performance.now() - at < 5000, `${performance.now() - at} ms`);
    assert.equal(why[id], status);
  }
  assert.equal(tools.service.reports.size, 0);
});

test('one waiting call extends all leases', async () => {
  const gate = new AbortController();
  tools.start({ waits: async () => void (await aborted(gate.signal)) }, { concurrency: 20, lease: 3000 });
  for (let n = 0; n < 20; n++) {
    tools.service.enqueue({ handler: 'waits' });
  }
  await tools.service.until(() => tools.service.called('POST /v1/leases/extend').length === 3);
  const calls = tools.service.called('POST /v1/leases/extend');
  assert.ok(calls.every(({ headers, body }) => headers.prefer === 'wait=1' && body.leases.length === 20));
  gate.abort();
  await tools.service.until(() => tools.service.reports.size === 20);
});

test('a lease that cannot be extended ends for the handler when it ends', async () => {
  tools.service.answer = (call) => (call.endsWith('/extend') ? problem(503, 'store-unavailable', 'away') : undefined);
  /** @type {any} */
  let reason;
  tools.start({ waits: async (/** @type {any} */ job, /** @type {any} */ { signal }) => void (reason = await aborted(signal)) }, { lease: 1000 });
  tools.service.enqueue({ handler: 'waits' });
  await tools.service.until(() => reason);
  assert.ok(reason instanceof InterruptedError);
  assert.equal(reason.why, 'lost');
  assert.equal(tools.service.reports.size, 0);
});

test('a lease that ends with the time-out is a time-out', async () => {
  tools.service.answer = (call) => (call.endsWith('/extend') ? problem(503, 'store-unavailable', 'away') : undefined);
  /** @type {any} */
  let reason;
  tools.start({ waits: async (/** @type {any} */ job, /** @type {any} */ { signal }) => void (reason = await aborted(signal)) }, { lease: 1000 });
  tools.service.enqueue({ handler: 'waits', timeout: 'PT1S' });
  await tools.service.until(() => reason);
  assert.equal(reason.why, 'timed-out');
});

test('progress and log are told while the job runs, and all of it before its end', async () => {
  const gate = new AbortController();
  tools.start({
    tells: async (/** @type {any} */ job, /** @type {any} */ { progress, log, signal, fence, idempotencyKey }) => {
      assert.equal(signal.aborted, false);
      progress(25.9, 'a quarter');
      log('begun');
      await aborted(gate.signal);
      for (let n = 0; n < 60; n++) {
        log(`line ${n}`);
      }
      progress(100);
      assert.throws(() => progress(101), RangeError);
      return [fence, idempotencyKey];
    },
  });
  const job = tools.service.enqueue({ id: 'a', handler: 'tells' });
  await tools.service.until(() => job.progress?.percent === 25);
  assert.deepEqual([job.state, job.progress, job.log], ['running', { percent: 25, note: 'a quarter' }, ['begun']]);
  gate.abort();
  await tools.service.until(() => job.state === 'succeeded');
  assert.deepEqual(job.progress, { percent: 100 });
  assert.deepEqual(job.log, ['begun', ...Array.from({ length: 50 }, (_, n) => `line ${n + 10}`)]);
  assert.deepEqual(job.result, [1, 'q/a']);
});
