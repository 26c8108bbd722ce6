// The public REST API. Addresses are relative to the page, so that it also works below a path of a proxy.

import { connection, connectionIs } from './connection.js';
import { forgetKey, key, loginNeeded } from './session.js';

const BASE = new URL('../v1/', document.baseURI);
const SLOW_MS = 3000;
const TIMEOUT_MS = 20_000;
const REDIS_AWAY = new Set(['store-unavailable', 'store-refused', 'caller-unavailable']);

/** What went wrong: an answer of the API (RFC 9457), or that there was none. */
export class Problem extends Error {
  /** @param {{slug: string, status: number, title: string, detail: string, field?: string, retryAfter?: number}} what */
  constructor(what) {
    super(what.detail || what.title);
    this.slug = what.slug;
    this.status = what.status;
    this.title = what.title;
    this.field = what.field;
    this.retryAfter = what.retryAfter ?? 0;
  }

  /** Whether the same request may go well later without anybody changing it. */
  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** A path of encoded parts. @param {string[]} parts */
export function path(...parts) {
  return parts.map(encodeURIComponent).join('/');
}

/** @param {Record<string, string | number | undefined>} parameters those that are empty are left out */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

/** @returns {Record<string, string>} */
export function headers() {
  return key.value ? { Authorization: `Bearer ${key.value}` } : {};
}

/** @param {string} where */
export function address(where) {
  return new URL(where, BASE);
}

/**
 * The text of the answer; '' if it has none.
 * @param {string} method @param {string} where below /v1/
 * @param {{body?: string, signal?: AbortSignal}} [options]
 */
export async function callText(method, where, { body, signal } = {}) {
  const slow = setTimeout(() => connection.value === 'ok' && connectionIs('slow'), SLOW_MS);
  try {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(address(where), {
      method,
      headers: { Accept: 'application/json', ...headers(), ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
      body,
      cache: 'no-store',
      credentials: 'omit',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    const text = await response.text();
    if (!response.ok) {
      throw problemOf(response, text);
    }
    if (method !== 'GET' || connection.value === 'slow') {
      connectionIs('ok');
    }
    return text;
  } catch (error) {
    throw error instanceof Problem || signal?.aborted ? error : unreachable();
  } finally {
    clearTimeout(slow);
  }
}

/**
 * @param {string} method @param {string} where @param {{body?: unknown, signal?: AbortSignal}} [options]
 * @returns {Promise<any>}
 */
export async function call(method, where, { body, signal } = {}) {
  const text = await callText(method, where, { body: body === undefined ? undefined : JSON.stringify(body), signal });
  return text === '' ? undefined : JSON.parse(text);
}

/** @param {string} where @param {AbortSignal} [signal] */
export function get(where, signal) {
  return call('GET', where, { signal });
}

export function unreachable() {
  connectionIs('unreachable');
  return new Problem({ slug: 'unreachable', status: 0, title: 'No answer', detail: 'The service does not answer.' });
}

/** @param {Response} response @param {string} text */
export function problemOf(response, text) {
  /** @type {any} */
  let body = {};
  try {
    body = JSON.parse(text);
  } catch {
    // A proxy's answer, say.
  }
  const problem = new Problem({
    slug: String(body.type ?? '').replace('urn:mainstay:problem:', '') || `http-${response.status}`,
    status: response.status,
    title: body.title ?? `HTTP ${response.status}`,
    detail: [body.detail ?? '', ...errorsOf(body)].join(' '),
    field: body.field,
    retryAfter: Number(response.headers.get('Retry-After') ?? 0),
  });
  if (response.status === 401) {
    if (key.value) {
      forgetKey('This key is not valid, or no longer valid.');
    } else {
      loginNeeded.value ??= '';
    }
  }
  if (REDIS_AWAY.has(problem.slug)) {
    connectionIs('redis');
  } else if (problem.slug === 'shutting-down') {
    connectionIs('ending');
  } else if (response.status === 502 || response.status === 504) {
    connectionIs('unreachable');
  }
  return problem;
}

/** @param {any} body @returns {string[]} */
function errorsOf(body) {
  return Array.isArray(body.errors)
    ? body.errors.map((/** @type {any} */ error) => `${error.pointer || 'payload'}: ${error.message}.`)
    : [];
}
