// JSON is read with nothing lost, however long its texts are.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const file = new URL('../../../main/resources/META-INF/resources/dashboard/lib/exact-json.js', import.meta.url);
const { field, parse, print } = await import(`data:text/javascript,${encodeURIComponent(readFileSync(file, 'utf8'))}`);

test('texts of any content and length are read as they were written', () => {
  for (const text of ['', '"', '\\', '\\"', '"\\\\"', 'a\\\\\\"b', '\u2028\n\t\u0000', '\\\\', 'x'.repeat(32_000_000)]) {
    const read = parse(JSON.stringify({ [text.slice(0, 9)]: [text, text] }));
    assert.ok(field(read, text.slice(0, 9)).items[1].value === text, text.slice(0, 20));
  }
});

test('numbers keep their digits', () => {
  const written = '{\n  "big": 9007199254740993,\n  "big": 1E400,\n  "__proto__": -0.10\n}';
  assert.equal(print(parse(written)), written);
});

test('what is no JSON is refused', () => {
  for (const text of ['', '"', '"\\"', '"a', '{"a:1}', '["\\"]', '{a:1}', '"a" "b"', '[1,]', '01', '"\n"']) {
    assert.throws(() => parse(text), SyntaxError, text);
  }
});
