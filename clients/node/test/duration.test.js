import assert from 'node:assert/strict';
import { test } from 'node:test';
import { iso, millis, withIsoDurations } from '../src/duration.js';

test('milliseconds are written as the service reads them', () => {
  assert.deepEqual([0, 1, 1500, 90_000, 0.4, 2_592_000_000].map((ms) => iso(ms, 'x')), ['PT0S', 'PT0.001S', 'PT1.5S', 'PT90S', 'PT0S', 'PT2592000S']);
  assert.equal(iso('PT1M', 'x'), 'PT1M');
  for (const bad of [-1, NaN, Infinity]) {
    assert.throws(() => iso(bad, 'delay'), /^RangeError: delay is/);
  }
});

test('texts of the service are read', () => {
  const texts = ['PT5M', 'PT1M30.5S', 'P1DT2H', 'P30D', 'PT0.001S', 'PT0S'];
  assert.deepEqual(texts.map((text) => millis(text, 'x')), [300_000, 90_500, 93_600_000, 2_592_000_000, 1, 0]);
  for (const bad of ['', 'P', 'PT', '5M', 'P1DT', '1000']) {
    assert.throws(() => millis(bad, 'x'), RangeError, bad);
  }
});

test('durations of a job, and nothing else of it', () => {
  const job = { delay: 1, timeout: 'PT1M', payload: { delay: 5 }, unique: { key: 'k', until: 500 }, backoff: { type: 'exponential', initial: 100 } };
  assert.deepEqual(withIsoDurations(job), {
    delay: 'PT0.001S',
    timeout: 'PT1M',
    payload: { delay: 5 },
    unique: { key: 'k', until: 'PT0.5S' },
    backoff: { type: 'exponential', initial: 'PT0.1S' },
  });
  assert.deepEqual(withIsoDurations({ unique: { key: 'k', until: 'start' } }), { unique: { key: 'k', until: 'start' } });
});
