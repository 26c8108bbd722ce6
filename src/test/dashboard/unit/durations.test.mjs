// Percentiles are shown as the ends of the buckets that they are from, see TimeHistogram.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const file = new URL('../../../main/resources/META-INF/resources/dashboard/lib/durations.js', import.meta.url);
const { bucketEnd } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(file, 'utf8'))}`);

test('a percentile is at most the end of its bucket', () => {
  for (const [seconds, end] of [
    [0.001, 1],
    [0.002, 2],
    [0.003, 4],
    [0.008, 8],
    [0.009, 16],
    [0.029, 32],
    [1.025, 2048],
    [131.072, 131_072],
    [131.073, 524_288],
    [33_554.433, 134_217_728],
    [134_217.728, Infinity],
  ]) {
    assert.equal(bucketEnd(seconds * 1000), end, `${seconds}`);
  }
});
