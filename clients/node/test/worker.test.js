import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Fail, Retry, Snooze, Worker } from '../src/index.js';
import { workers } from './workers.js';

const tools = workers();

test('results, errors and other outcomes are reported as handlers said', async () => {
  class Flaky extends Error {}
  const thrown = [
    new Flaky('no luck', { cause: new TypeError('inner') }),
    new Retry('later', { delay: 1500, type: 'busy' }),
    new Fail('none left', { type: 'no-stock' }),
    new Snooze('PT1M'),
    'just text',
    Object.create(null),
  ];
  tools.start({
    echo: (/** @type {any} */ job) => job.payload,
    throws: async (/** @type {any} */ job) => {
      throw thrown[job.payload];
    },
    returns: async () => new Fail('returned'),
    circle: () => {
      /** @type {any} */
      const circle = {};
      circle.self = circle;
      return circle;
    },
    nothing: () => {},
  });
  tools.service.enqueue({ id: 'echo', payload: { n: 9007199254740993n } });
  thrown.forEach((_, payload) => tools.service.enqueue({ id: `throws-${payload}`, handler: 'throws', payload }));
  for (const handler of ['returns', 'circle', 'nothing']) {
    tools.service.enqueue({ id: handler, handler });
  }
  await tools.service.until(() => tools.service.reports.size === 10);
  const report = (/** @type {string} */ id) => tools.service.reports.get(id)?.[0];
  assert.deepEqual(report('echo'), { outcome: 'success', result: { n: 9007199254740993n } });
  assert.deepEqual(report('nothing'), { outcome: 'success' });
  const { outcome, error, delay } = report('throws-0');
  assert.deepEqual([outcome, error.type, error.message, delay], ['retry', 'Flaky', 'no luck', undefined]);
  assert.match(error.stack, /no luck[^]*worker\.test\.js[^]*Caused by: TypeError: inner/);
  assert.deepEqual([report('throws-1').outcome, report('throws-1').delay, report('throws-1').error.type], ['retry', 'PT1.5S', 'busy']);
  assert.deepEqual([report('throws-2').outcome, report('throws-2').error.type, report('throws-2').error.message], ['fail', 'no-stock', 'none left']);
  assert.deepEqual(report('throws-3'), { outcome: 'snooze', delay: 'PT1M' });
  assert.deepEqual(report('throws-4'), { outcome: 'retry', error: { type: 'string', message: 'just text' } });
  assert.deepEqual(report('throws-5').error, { type: 'object', message: '[Object: null prototype] {}' });
  assert.equal(report('returns').error.type, 'Fail');
  assert.deepEqual([report('circle').outcome, report('circle').error.type], ['retry', 'TypeError']);
});

test('lease calls have a key, which a repeat has as well, so that jobs of a lost answer come', async () => {
  let lost = 0;
  tools.service.answer = (call) => {
    if (call === 'POST /v1/leases' && tools.service.jobs.get('a')?.state === 'running' && lost++ === 0) {
      return 'hang up';
    }
  };
  const { worker } = tools.start({ echo: () => 1 }, { version: '1.2', name: 'w-1' });
  await tools.service.until(() => tools.service.called('POST /v1/leases').length === 1);
  // The answer to the waiting call is lost on its way.
  const take = tools.service.enqueue({ id: 'a' });
  assert.equal(worker.name, 'w-1');
  await tools.service.until(() => take.state === 'succeeded');
  assert.equal(take.attempt, 1);
  const { body } = tools.service.called('POST /v1/leases')[0];
  assert.deepEqual(body, { worker: 'w-1', queues: ['q'], handlers: ['echo'], max: 10, lease: 'PT30S', version: '1.2', concurrency: 10 });
});

test('what cannot be a worker is told at once', () => {
  const handlers = { echo: () => 1 };
  assert.throws(() => new Worker({ queues: [], handlers }), TypeError);
  assert.throws(() => new Worker({ queues: ['q'], handlers: {} }), TypeError);
  // @ts-expect-error on purpose
  assert.throws(() => new Worker({ queues: ['q'], handlers: { echo: 1 } }), TypeError);
  for (const concurrency of [0, 1.5, 1001]) {
    assert.throws(() => new Worker({ queues: ['q'], handlers, concurrency }), RangeError);
  }
  assert.throws(() => new Worker({ queues: ['q'], handlers, lease: 'soon' }), RangeError);
});
