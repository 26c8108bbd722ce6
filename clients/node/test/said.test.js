import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Said } from '../src/worker/said.js';

test('lines are numbered within the attempt, also when they could not be told, or are too many', () => {
  const said = new Said();
  for (let n = 1; n <= 30; n++) {
    said.log(`line ${n}`);
  }
  const first = said.take();
  assert.deepEqual([first.log?.length, first.logFrom], [20, 1]);
  said.putBack(first);
  assert.deepEqual(said.take(), first);
  for (let n = 31; n <= 90; n++) {
    said.log(`line ${n}`);
  }
  const { log, logFrom } = said.take();
  assert.deepEqual([log?.[0], logFrom], ['line 41', 41]);
  said.log('line 91');
  said.take();
  assert.deepEqual(said.take(), { progress: undefined, log: Array.from({ length: 11 }, (_, n) => `line ${n + 81}`), logFrom: 81 });
  assert.equal(said.empty, true);
});

test('the latest progress counts', () => {
  const said = new Said();
  said.progress(10, 'ten');
  const taken = said.take();
  said.putBack(taken);
  assert.deepEqual(said.take(), taken);
  said.progress(20.7);
  said.putBack(taken);
  assert.deepEqual(said.take(), { progress: { percent: 20, note: undefined } });
});
