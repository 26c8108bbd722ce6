import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Client, ConnectionError, ProblemError, WaitTimeoutError } from '../src/index.js';
import { FakeService, problem } from './fake-service.js';

const service = new FakeService();
/** @type {Client} */
let client;

before(async () => {
  await service.start();
  client = new Client({ url: service.url, key: async () => 'ms_key', retryFor: 5000 });
});
beforeEach(() => {
  service.calls = [];
  service.answer = () => undefined;
});
after(async () => {
  client.close();
  await service.stop();
});

/** Answers one after the other; the last one from then on. @param {...any} answers */
function inTurn(...answers) {
  service.answer = () => (answers.length > 1 ? answers.shift() : answers[0]);
}

test('an enqueue is sent again under the same key until it is answered', async () => {
  const soon = problem(429, 'queue-full', 'full', { 'Retry-After': '0' });
  inTurn('hang up', problem(503, 'store-unavailable', 'away'), soon, { status: 201, json: { id: 'a', state: 'ready' } });
  const job = await client.enqueue({ queue: 'mail', handler: 'welcome', payload: { n: 9007199254740993n }, delay: 1500 });
  assert.equal(job.id, 'a');
  assert.equal(service.calls.length, 4);
  const keys = new Set(service.calls.map(({ headers }) => headers['idempotency-key']));
  assert.equal(keys.size, 1);
  assert.ok([...keys][0]);
  const [{ call, headers, body }] = service.calls;
  assert.equal(call, 'POST /v1/queues/mail/jobs');
  assert.equal(headers.authorization, 'Bearer ms_key');
  assert.deepEqual(body, { handler: 'welcome', payload: { n: 9007199254740993n }, delay: 'PT1.5S' });
});

test('an id takes the place of the key, and the queue may be that of the handler', async () => {
  inTurn({ status: 201, json: { id: 'b', state: 'ready' } });
  await client.enqueue({ handler: 'welcome', id: 'b', backoff: { type: 'listed', delays: [100, 'PT1M'] } }, { wait: 1200 });
  const [{ call, headers, body }] = service.calls;
  assert.equal(call, 'POST /v1/jobs');
  assert.equal(headers['idempotency-key'], undefined);
  assert.equal(headers.prefer, 'wait=2');
  assert.deepEqual(body, { handler: 'welcome', id: 'b', backoff: { type: 'listed', delays: ['PT0.1S', 'PT1M'] } });
});

test('what is refused for good is an error with its problem', async () => {
  inTurn({ ...problem(422, 'invalid-value', 'handler is x'), json: { type: 'urn:mainstay:problem:invalid-value', status: 422, detail: 'no', field: 'handler' } });
  await assert.rejects(client.enqueue({ queue: 'mail', handler: 'x' }), (error) => {
    assert.ok(error instanceof ProblemError);
    assert.deepEqual([error.status, error.type, error.field, error.temporary], [422, 'invalid-value', 'handler', false]);
    return true;
  });
  assert.equal(service.calls.length, 1);
});

test('tries end after retryFor, and when the caller no longer wants', async () => {
  const hasty = new Client({ url: service.url, retryFor: 300 });
  inTurn('hang up');
  await assert.rejects(hasty.get('mail', 'a'), ConnectionError);
  assert.ok(service.calls.length > 1);
  inTurn(problem(503, 'shutting-down', 'bye', { 'Retry-After': '60' }));
  await assert.rejects(hasty.get('mail', 'a'), { type: 'shutting-down', retryAfter: 60_000 });
  inTurn(problem(503, 'shutting-down', 'bye', { 'Retry-After': '2' }));
  const signal = AbortSignal.timeout(50);
  await assert.rejects(client.get('mail', 'a', { signal }), { name: 'AbortError' });
  hasty.close();
});

test('a connection that the other side closed is no sign of trouble', async () => {
  inTurn({ json: { id: 'a', state: 'ready' } });
  await client.get('mail', 'a');
  await service.stop();
  await service.start(service.port);
  const patient = new Client({ url: service.url, retryFor: 0 });
  await patient.get('mail', 'a');
  // Its kept connection is used just as it is closed.
  const answers = ['hang up', { json: { id: 'a', state: 'ready' } }];
  service.answer = () => answers.shift();
  assert.equal((await patient.get('mail', 'a'))?.id, 'a');
  patient.close();
});

test('many jobs go as lines, and results tell of their places', async () => {
  const refused = { index: 1, status: 422, problem: { type: 'x', title: 'x', status: 422, detail: 'x' } };
  inTurn({ json: { created: 4999, existing: 0, failed: 1, results: [refused] } }, { json: { created: 1, existing: 0, failed: 1, results: [refused] } });
  const jobs = Array.from({ length: 5002 }, (_, n) => ({ handler: 'welcome', payload: n }));
  const done = await client.bulk('mail', jobs, { idempotencyKey: 'all' });
  assert.deepEqual([done.created, done.failed], [5000, 2]);
  assert.deepEqual(done.results.map(({ index }) => index), [1, 5001]);
  const [first, second] = service.calls;
  assert.equal(first.call, 'POST /v1/queues/mail/jobs/bulk?results=failed');
  assert.equal(first.body.split('\n').length, 5000);
  assert.equal(second.body, '{"handler":"welcome","payload":5000}\n{"handler":"welcome","payload":5001}');
  assert.deepEqual([first, second].map(({ headers }) => headers['idempotency-key']), ['all-0', 'all-1']);
});

test('a bulk request of which only a part was taken is sent again', async () => {
  const stopped = problem(503, 'store-unavailable', 'away').json;
  inTurn({ status: 503, json: { created: 1, existing: 0, failed: 0, results: [], stopped, next: 1 } }, { json: { created: 1, existing: 1, failed: 0, results: [] } });
  assert.deepEqual(await client.bulk('mail', [{ handler: 'a' }, { handler: 'b' }]), { created: 1, existing: 1, failed: 0, results: [] });
});

test('a job that is not there is null', async () => {
  inTurn(problem(404, 'job-not-found', 'none'));
  assert.equal(await client.get('mail', 'a'), null);
  await assert.rejects(client.wait('mail', 'a'), /no job a in queue mail/);
});

test('waiting ends with the job, or in time', async () => {
  inTurn({ json: { id: 'a', state: 'running' } }, { json: { id: 'a', state: 'succeeded', result: 7 } });
  assert.equal((await client.wait('mail', 'a')).result, 7);
  assert.equal(service.calls[0].headers.prefer, 'wait=50');
  inTurn({ json: { id: 'a', state: 'running' } });
  await assert.rejects(client.wait('mail', 'a', { timeout: 100 }), (error) => error instanceof WaitTimeoutError && error.job.state === 'running');
});

test('schedules are put, listed page by page, run by hand', async () => {
  inTurn({ status: 201, json: { name: 'nightly' } });
  await client.schedules.put('nightly', { cron: '@daily', queue: 'reports', job: { handler: 'report', timeout: 60_000 } });
  assert.deepEqual(service.calls[0].body, { cron: '@daily', queue: 'reports', job: { handler: 'report', timeout: 'PT60S' } });
  inTurn({ json: { schedules: [{ name: 'a' }], next: 'c/1' } }, { json: { schedules: [{ name: 'b' }] } });
  const names = [];
  for await (const { name } of client.schedules.list()) {
    names.push(name);
  }
  assert.deepEqual(names, ['a', 'b']);
  assert.equal(service.calls[2].call, 'GET /v1/schedules?cursor=c%2F1');
  inTurn({ status: 201, json: { id: 'a' } });
  await client.schedules.trigger('nightly');
  assert.ok(service.calls[3].headers['idempotency-key']);
  inTurn({ status: 204 });
  await client.schedules.delete('nightly');
  inTurn(problem(404, 'schedule-not-found', 'none'));
  assert.equal(await client.schedules.get('nightly'), null);
});

test('a service below a path', async () => {
  inTurn({ json: { id: 'a', state: 'ready' } });
  const below = new Client({ url: `${service.url}/jobs/` });
  await below.get('mail', 'a b');
  assert.equal(service.calls[0].call, 'GET /jobs/v1/queues/mail/jobs/a%20b');
  below.close();
  assert.throws(() => new Client({ url: 'ftp://x' }), TypeError);
});
