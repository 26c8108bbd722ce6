/*
 * Requests to the service over connections that are kept. node:http and not fetch, whose streams cost more than the request
 * (README.md has the figures).
 */
import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { ConnectionError } from './errors.js';
import { VERSION } from './version.js';

const HEADERS = { Accept: 'application/json', 'User-Agent': `mainstay-node/${VERSION}` };
const STALE = new Set(['ECONNRESET', 'EPIPE']);

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {http.IncomingHttpHeaders} headers
 * @property {string} text
 * @property {number} at when its first byte came, by performance.now()
 *
 * @typedef {object} Call
 * @property {string} [body] JSON
 * @property {Record<string, string | undefined>} [headers]
 * @property {number} [wait] seconds that the service may take before it answers (Prefer: wait)
 * @property {number} [timeout] milliseconds to wait for the answer beyond that
 * @property {AbortSignal} [signal]
 */

export class Connection {
  #target;
  #prefix;
  #agent;
  #request;
  #key;
  #timeout;

  /** @param {import('../index.d.ts').ConnectionOptions} [options] */
  constructor(options = {}) {
    const url = new URL(options.url ?? process.env.MAINSTAY_URL ?? 'http://localhost:8080');
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new TypeError(`url is ${url}, but must begin with http:// or https://`);
    }
    const { request, Agent } = url.protocol === 'https:' ? https : http;
    const { protocol, hostname, port } = urlToHttpOptions(url);
    this.#target = { protocol, hostname, port };
    this.#prefix = url.pathname.replace(/\/$/, '');
    this.#request = request;
    // Connections that were used last are the least likely to be closed by the other side.
    this.#agent = new Agent({ keepAlive: true, keepAliveMsecs: 15_000, noDelay: true, scheduling: 'lifo', ...options.tls });
    this.#key = options.key ?? process.env.MAINSTAY_KEY;
    this.#timeout = options.timeout ?? 10_000;
  }

  /**
   * @param {string} method
   * @param {string} path with its query
   * @param {Call} [call]
   * @returns {Promise<Answer>} whatever its status
   * @throws {ConnectionError} if there is none
   */
  async send(method, path, call = {}) {
    const headers = await this.#headers(call);
    try {
      return await this.#once(method, path, headers, call);
    } catch (failure) {
      // A kept connection was closed by the other side just when it was used: no sign of trouble, so at once and once.
      if (failure instanceof ConnectionError && /** @type {any} */ (failure).stale) {
        return this.#once(method, path, headers, call);
      }
      throw failure;
    }
  }

  /** Closes all connections; requests under way fail. */
  close() {
    this.#agent.destroy();
  }

  /** @param {Call} call */
  async #headers({ headers, body, wait = 0 }) {
    const key = typeof this.#key === 'function' ? await this.#key() : this.#key;
    /** @type {Record<string, string>} */
    const all = { ...HEADERS };
    for (const [name, value] of Object.entries(headers ?? {})) {
      if (value !== undefined) {
        all[name] = value;
      }
    }
    if (key) {
      all.Authorization = `Bearer ${key}`;
    }
    if (body !== undefined) {
      all['Content-Type'] ??= 'application/json';
    }
    if (wait > 0) {
      all.Prefer = `wait=${wait}`;
    }
    return all;
  }

  /**
   * @param {string} method @param {string} path @param {Record<string, string>} headers @param {Call} call
   * @returns {Promise<Answer>}
   */
  #once(method, path, headers, { body, wait = 0, timeout = this.#timeout, signal }) {
    return new Promise((resolve, reject) => {
      const limit = wait * 1000 + timeout;
      const request = this.#request({ ...this.#target, agent: this.#agent, method, path: this.#prefix + path, headers, signal });
      const timer = setTimeout(() => request.destroy(new Error(`no answer within ${limit} ms`)), limit);
      let answered = false;
      /** @param {NodeJS.ErrnoException} cause */
      const fail = (cause) => {
        clearTimeout(timer);
        const stale = request.reusedSocket && !answered && STALE.has(cause.code ?? '');
        reject(signal?.aborted ? signal.reason : noAnswer(`${method} ${path}`, cause, stale));
      };
      request.on('error', fail);
      request.on('response', (response) => {
        const at = performance.now();
        answered = true;
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          clearTimeout(timer);
          const text = (chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, at });
        });
      });
      request.end(body);
    });
  }
}

/** @param {string} what @param {NodeJS.ErrnoException} cause @param {boolean} stale */
function noAnswer(what, cause, stale) {
  const error = new ConnectionError(`${what}: ${cause.code ?? cause.message}`, { cause });
  return Object.assign(error, { stale });
}
