/*
 * Whether a request was sent by the service: Standard Webhooks 1.0.0, https://www.standardwebhooks.com.
 */
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';
import { SignatureError } from './errors.js';

const ED25519_KEY_BYTES = 32;
const FEWEST_SECRET_BYTES = 24;

/**
 * @param {string | Uint8Array} body as it came, byte for byte
 * @param {Headers | Record<string, string | string[] | undefined>} headers
 * @param {string | string[]} secrets `whsec_…`, or the public key `whpk_…` of an ed25519 signature; one of them has to fit
 * @param {{ tolerance?: number, now?: number }} [options]
 * @returns {{ id: string, timestamp: Date }} the id is the same for every attempt of a job
 * @throws {SignatureError} if no signature fits, or the request is too old
 */
export function verifyRequest(body, headers, secrets, { tolerance = 300, now = Date.now() } = {}) {
  const id = header(headers, 'webhook-id');
  const seconds = header(headers, 'webhook-timestamp');
  const signatures = header(headers, 'webhook-signature').split(' ');
  if (!/^\d{1,12}$/.test(seconds) || Math.abs(now / 1000 - Number(seconds)) > tolerance) {
    throw new SignatureError(`webhook-timestamp is ${seconds}, which is not within ${tolerance} s of now`);
  }
  const signed = Buffer.concat([Buffer.from(`${id}.${seconds}.`), Buffer.from(body)]);
  const fits = [secrets].flat().map(verifier).some((fitting) => signatures.some((signature) => fitting(signature, signed)));
  if (!fits) {
    throw new SignatureError('no signature fits');
  }
  return { id, timestamp: new Date(Number(seconds) * 1000) };
}

/** @param {string} secret @returns {(signature: string, signed: Buffer) => boolean} */
function verifier(secret) {
  if (secret.startsWith('whpk_')) {
    const raw = Buffer.from(secret.slice('whpk_'.length), 'base64');
    if (raw.length !== ED25519_KEY_BYTES) {
      throw new RangeError('a secret that begins with whpk_ is not the Base64 of 32 bytes');
    }
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' });
    return (signature, signed) => signature.startsWith('v1a,') && verify(null, signed, key, bytes(signature));
  }
  if (secret.startsWith('whsec_')) {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    if (key.length < FEWEST_SECRET_BYTES) {
      throw new RangeError('a secret that begins with whsec_ is not the Base64 of 24 bytes or more');
    }
    return (signature, signed) =>
      signature.startsWith('v1,') && same(createHmac('sha256', key).update(signed).digest(), bytes(signature));
  }
  throw new RangeError('a secret begins with whsec_ or whpk_');
}

/** @param {string} signature with its version */
function bytes(signature) {
  return Buffer.from(signature.slice(signature.indexOf(',') + 1), 'base64');
}

/** @param {Buffer} expected @param {Buffer} found */
function same(expected, found) {
  return expected.length === found.length && timingSafeEqual(expected, found);
}

/** @param {Headers | Record<string, string | string[] | undefined>} headers @param {string} name */
function header(headers, name) {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value !== 'string') {
    throw new SignatureError(`there is no header ${name}, or more than one`);
  }
  return value;
}
