import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { iso, millis } from '../duration.js';

const MOST_JOBS = 1000;
/** @type {import('../../index.d.ts').Logger} */
const CONSOLE = { debug: () => {}, info: console.log, warn: console.warn, error: console.error };

/**
 * What a worker was given, checked, with the defaults in place.
 * @param {import('../../index.d.ts').WorkerOptions} options
 */
export function settings({ queues, handlers, concurrency = 10, lease = 30_000, ...rest }) {
  if (!Array.isArray(queues) || queues.length === 0) {
    throw new TypeError('queues must be an array of at least one name');
  }
  const names = Object.keys(handlers ?? {});
  if (names.length === 0 || names.some((name) => typeof handlers[name] !== 'function')) {
    throw new TypeError('handlers must be an object with at least one function');
  }
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > MOST_JOBS) {
    throw new RangeError(`concurrency is ${concurrency}, but must be from 1 to ${MOST_JOBS}`);
  }
  return {
    queues,
    handlers: new Map(Object.entries(handlers)),
    concurrency,
    lease: iso(lease, 'lease'),
    leaseMillis: millis(lease, 'lease'),
    waitSeconds: Math.floor(Math.min(millis(rest.wait ?? 20_000, 'wait'), 50_000) / 1000),
    graceMillis: millis(rest.grace ?? 20_000, 'grace'),
    name: rest.name ?? ownName(),
    version: rest.version,
    logger: rest.logger ?? CONSOLE,
  };
}

/** The host's name, which an operator knows, and what tells this process from others there. */
function ownName() {
  const unique = `-${process.pid}-${randomBytes(3).toString('hex')}`;
  return hostname().replace(/[^A-Za-z0-9._-]/g, '-').slice(-(64 - unique.length)) + unique;
}
