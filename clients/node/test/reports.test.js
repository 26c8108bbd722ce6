import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problem } from './fake-service.js';
import { aborted, wait, workers } from './workers.js';

const tools = workers();

test('what ends at once is reported with the next lease call', async () => {
  tools.start({ echo: () => 1 }, { concurrency: 5 });
  for (let n = 0; n < 20; n++) {
    tools.service.enqueue({});
  }
  await tools.service.until(() => tools.service.reports.size === 20);
  assert.equal(tools.service.called('POST /v1/leases/report').length, 0);
  assert.deepEqual(tools.service.called('POST /v1/leases').slice(1, 5).map(({ body }) => body.reports?.length), [5, 5, 5, 5]);
});

test('no more run than may, and what ends late is reported while a lease call waits', async () => {
  let running = 0;
  let most = 0;
  const gate = new AbortController();
  tools.start(
    {
      slow: async () => {
        most = Math.max(most, ++running);
        await aborted(gate.signal);
        running--;
      },
    },
    { concurrency: 3 },
  );
  for (let n = 0; n < 7; n++) {
    tools.service.enqueue({ handler: 'slow' });
  }
  await tools.service.until(() => running === 3);
  gate.abort();
  await tools.service.until(() => tools.service.reports.size === 7);
  assert.equal(most, 3);
});

test('a service that is away is found again, and a report waits for it', async () => {
  const gate = new AbortController();
  tools.start({ echo: () => 1, waits: () => aborted(gate.signal).then(() => 'kept') });
  const waiting = tools.service.enqueue({ handler: 'waits' });
  await tools.service.until(() => waiting.state === 'running');
  const { port } = tools.service;
  await tools.service.stop();
  gate.abort();
  await wait(500);
  await tools.service.start(port);
  const at = performance.now();
  await tools.service.until(() => waiting.state === 'succeeded');
  const next = tools.service.enqueue({});
  await tools.service.until(() => next.state === 'succeeded');
  assert.ok(performance.now() - at < 5000, `${performance.now() - at} ms`);
  assert.equal(waiting.result, 'kept');
});

test('a report that is refused becomes one that is not, and others are not touched', async () => {
  tools.service.answer = (call, body) => {
    if (call.startsWith('POST /v1/leases') && body.reports?.some((/** @type {any} */ { result }) => result === 'large')) {
      return problem(413, 'body-too-large', 'too large');
    }
    if (call.startsWith('POST /v1/leases') && body.reports?.some((/** @type {any} */ { result }) => result === 'bad')) {
      return problem(400, 'malformed-json', 'bad');
    }
  };
  tools.start({ echo: (/** @type {any} */ job) => job.payload });
  for (const payload of ['good', 'large', 'bad', 'fine']) {
    tools.service.enqueue({ id: payload, payload });
  }
  await tools.service.until(() => tools.service.reports.size === 4);
  assert.deepEqual(tools.service.reports.get('good'), [{ outcome: 'success', result: 'good' }]);
  assert.deepEqual(tools.service.reports.get('fine'), [{ outcome: 'success', result: 'fine' }]);
  assert.deepEqual(tools.service.reports.get('large')?.map(({ outcome, error }) => [outcome, error.type]), [['fail', 'result-too-large']]);
  assert.deepEqual(tools.service.reports.get('bad')?.map(({ outcome, error }) => [outcome, error.type]), [['retry', 'invalid-report']]);
});

test('reports that are invalid or for which Redis is away, each for itself', async () => {
  let tries = 0;
  tools.service.answer = (call, body) => {
    const reports = body?.reports ?? [];
    if (reports.length > 0 && tries++ < 2) {
      const invalid = { status: 'invalid', problem: problem(413, 'payload-too-large', 'over 256K').json };
      const answers = reports.map((/** @type {any} */ { token, result }) => ({ token, ...(result === 'large' ? invalid : { status: 'unavailable' }) }));
      return { json: { jobs: [], drain: false, reports: answers } };
    }
  };
  tools.start({ echo: (/** @type {any} */ job) => job.payload });
  tools.service.enqueue({ id: 'large', payload: 'large' });
  tools.service.enqueue({ id: 'good', payload: 'good' });
  await tools.service.until(() => tools.service.reports.size === 2);
  assert.deepEqual(tools.service.reports.get('good')?.[0].outcome, 'success');
  assert.deepEqual([tools.service.reports.get('large')?.[0].outcome, tools.service.reports.get('large')?.[0].error.type], ['fail', 'result-too-large']);
});

test('a claim that failed does not hide what became of reports', async () => {
  let failed = 0;
  tools.service.answer = (call, body) => {
    if (body?.reports && failed++ === 0) {
      return { json: { jobs: [], reports: [{ token: body.reports[0].token, status: 'applied' }], drain: false, problem: problem(503, 'store-unavailable', 'away').json } };
    }
  };
  tools.start({ echo: () => 1 });
  tools.service.enqueue({ id: 'a' });
  await tools.service.until(() => failed === 1);
  const next = tools.service.enqueue({ id: 'b' });
  await tools.service.until(() => next.state === 'succeeded');
  assert.equal(tools.service.reports.get('a'), undefined, 'not sent again');
});

test('no more jobs are taken while their reports are not known to have come', async () => {
  tools.service.reportsUnavailable = true;
  tools.start({ echo: () => 1 }, { concurrency: 30 });
  for (let n = 0; n < 400; n++) {
    tools.service.enqueue({});
  }
  const running = () => [...tools.service.jobs.values()].filter(({ state }) => state === 'running').length;
  await tools.service.until(() => running() >= 30);
  await wait(300);
  // Those that went along the first time counted as done.
  assert.ok(running() <= 60, `${running()} jobs`);
  tools.service.reportsUnavailable = false;
  await tools.service.until(() => tools.service.reports.size === 400);
});

test('what became of reports is known at once, though no job is due', async () => {
  tools.start({ large: () => 'large' });
  tools.service.answer = (call, body) => {
    const refused = body.reports?.filter((/** @type {any} */ { result }) => result === 'large') ?? [];
    if (refused.length > 0) {
      assert.equal(tools.service.calls.at(-1)?.headers.prefer, undefined);
      return { json: { jobs: [], drain: false, reports: [{ status: 'invalid', problem: problem(413, 'payload-too-large', 'over 256K').json }] } };
    }
  };
  const job = tools.service.enqueue({ id: 'large', handler: 'large' });
  await tools.service.until(() => job.state === 'dead');
});
