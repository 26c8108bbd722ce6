import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import { SignatureError, verifyRequest } from '../src/index.js';

// The example of the specification's libraries.
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = '{"test": 2432232314}';
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const NOW = 1614265330 * 1000;

test('the signature of the specification is good', () => {
  const { id, timestamp } = verifyRequest(BODY, HEADERS, SECRET, { now: NOW });
  assert.equal(id, 'msg_p5jXN8AQM9LWM0D4loKWxJek');
  assert.equal(timestamp.getTime(), NOW);
  verifyRequest(Buffer.from(BODY), new Headers(HEADERS), [`whsec_${Buffer.alloc(24, 1).toString('base64')}`, SECRET], { now: NOW });
});

test('one of several signatures has to fit', () => {
  const several = { ...HEADERS, 'webhook-signature': `v1a,AAAA v1,AAAA v2,x ${HEADERS['webhook-signature']}` };
  verifyRequest(BODY, several, SECRET, { now: NOW });
});

test('ed25519 by the public key', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const secret = `whpk_${Buffer.from(/** @type {string} */ (publicKey.export({ format: 'jwk' }).x), 'base64url').toString('base64')}`;
  const signed = Buffer.from(`${HEADERS['webhook-id']}.${HEADERS['webhook-timestamp']}.${BODY}`);
  const headers = { ...HEADERS, 'webhook-signature': `v1a,${sign(null, signed, privateKey).toString('base64')}` };
  verifyRequest(BODY, headers, secret, { now: NOW });
  assert.throws(() => verifyRequest(`${BODY} `, headers, secret, { now: NOW }), SignatureError);
  assert.throws(() => verifyRequest(BODY, headers, SECRET, { now: NOW }), SignatureError);
  // An HMAC under what everybody knows, the public key, proves nothing.
  const forged = createHmac('sha256', Buffer.from(secret.slice(5), 'base64')).update(signed).digest('base64');
  assert.throws(() => verifyRequest(BODY, { ...HEADERS, 'webhook-signature': `v1,${forged}` }, secret, { now: NOW }), SignatureError);
});

test('whatever was changed, is old or is missing is refused', () => {
  /** @type {[string, Record<string, string | undefined>, number][]} */
  const bad = [
    [`${BODY} `, HEADERS, NOW],
    [BODY, { ...HEADERS, 'webhook-id': 'msg_other' }, NOW],
    [BODY, { ...HEADERS, 'webhook-timestamp': '1614265331' }, NOW],
    [BODY, { ...HEADERS, 'webhook-timestamp': '1614265330.0' }, NOW],
    [BODY, HEADERS, NOW + 301_000],
    [BODY, HEADERS, NOW - 301_000],
    [BODY, { ...HEADERS, 'webhook-signature': undefined }, NOW],
    [BODY, { ...HEADERS, 'webhook-signature': '' }, NOW],
    [BODY, { ...HEADERS, 'webhook-signature': 'v1,' }, NOW],
  ];
  for (const [body, headers, now] of bad) {
    assert.throws(() => verifyRequest(body, headers, SECRET, { now }), SignatureError);
  }
});

test('secrets that are none are an error of the caller', () => {
  for (const secret of ['', 'whsec_', 'whpk_AAAA', SECRET.slice(6)]) {
    assert.throws(() => verifyRequest(BODY, HEADERS, secret, { now: NOW }), RangeError);
  }
  assert.throws(() => verifyRequest(BODY, HEADERS, [], { now: NOW }), SignatureError);
});
