import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProblemError } from '../src/index.js';
import { problem } from './fake-service.js';
import { aborted, wait, workers } from './workers.js';

const tools = workers();

test('a drained worker finishes what it has and asks seldom, until the drain is over', async () => {
  tools.start({ echo: () => 1 });
  await tools.service.until(() => tools.service.called('POST /v1/leases').length === 1);
  tools.service.drain = true;
  tools.service.changed();
  const job = tools.service.enqueue({});
  await wait(700);
  assert.ok(tools.service.called('POST /v1/leases').length <= 3);
  assert.equal(job.state, 'ready');
  tools.service.drain = false;
  await tools.service.until(() => job.state === 'succeeded');
});

test('an instance that does not wait is not asked without a pause', async () => {
  tools.service.answer = (call) => (call === 'POST /v1/leases' ? { json: { jobs: [], drain: false }, headers: { Connection: 'close' } } : undefined);
  tools.start({ echo: () => 1 });
  await wait(1000);
  assert.ok(tools.service.called('POST /v1/leases').length < 12, `${tools.service.called('POST /v1/leases').length} calls`);
});

test('stop: what ends within the grace is reported, the rest is released', async () => {
  let begun = 0;
  const { worker, ended } = tools.start({
    quick: () => (begun++, new Promise((resolve) => setTimeout(resolve, 300, 'done'))),
    polite: async (/** @type {any} */ job, /** @type {any} */ { signal }) => {
      begun++;
      throw await aborted(signal);
    },
    thorough: async (/** @type {any} */ job, /** @type {any} */ { signal }) => (begun++, `until ${(await aborted(signal)).why}`),
    deaf: () => (begun++, new Promise(() => {})),
  });
  const jobs = ['quick', 'polite', 'thorough', 'deaf'].map((handler) => tools.service.enqueue({ id: handler, handler }));
  await tools.service.until(() => begun === 4);
  await worker.stop({ grace: 600 });
  await ended;
  assert.deepEqual(jobs.map(({ state }) => state), ['succeeded', 'ready', 'succeeded', 'ready']);
  assert.equal(jobs[2].result, 'until stopping');
});

test('stop: an open wait is ended by the service, and what it leased just then is given back', async () => {
  const { worker, ended } = tools.start({ echo: () => 1 });
  await tools.service.until(() => tools.service.called('POST /v1/leases').length === 1);
  const job = tools.service.enqueue({ id: 'a' });
  // It is leased, but the answer is still on its way.
  await Promise.all([worker.stop(), ended]);
  assert.ok(['ready', 'succeeded'].includes(job.state), job.state);
  const after = tools.service.enqueue({ id: 'b' });
  assert.equal(after.state, 'ready');
});

test('stop: at once when there is nothing to do', async () => {
  const { worker, ended } = tools.start({ echo: () => 1 });
  await tools.service.until(() => tools.service.called('POST /v1/leases').length === 1);
  const at = performance.now();
  await Promise.all([worker.stop(), ended]);
  assert.ok(performance.now() - at < 5000, `${performance.now() - at} ms`);
  const last = tools.service.called('POST /v1/leases/extend').at(-1);
  assert.deepEqual(last?.body, { worker: worker.name, leases: [], leaving: true });
});

test('a second request to stop ends the grace', async () => {
  const { worker, ended } = tools.start({ deaf: () => new Promise(() => {}) });
  const job = tools.service.enqueue({ handler: 'deaf' });
  await tools.service.until(() => job.state === 'running');
  const at = performance.now();
  worker.stop({ grace: 60_000 });
  await worker.stop({ grace: 0 });
  await ended;
  assert.ok(performance.now() - at < 5000);
  assert.equal(job.state, 'ready');
});

test('a first call that is refused ends the worker; a later one does not', async () => {
  tools.service.answer = (call) => (call === 'POST /v1/leases' ? problem(401, 'unauthorized', 'who are you') : undefined);
  await assert.rejects(tools.start({ echo: () => 1 }).ended, (error) => error instanceof ProblemError && error.status === 401);
  tools.service.answer = () => undefined;
  const { worker, ended } = tools.start({ echo: () => 1 }, { wait: 0 });
  const first = tools.service.enqueue({});
  await tools.service.until(() => first.state === 'succeeded');
  const asked = tools.service.calls.length;
  tools.service.answer = (call) => (call === 'POST /v1/leases' ? problem(401, 'unauthorized', 'who are you') : undefined);
  await tools.service.until(() => tools.service.calls.length > asked);
  assert.equal(await Promise.race([ended, wait(100).then(() => 'goes on')]), 'goes on');
  await worker.stop();
});
