export { Client } from './client.js';
export {
  ConnectionError,
  InterruptedError,
  MainstayError,
  ProblemError,
  SignatureError,
  WaitTimeoutError,
} from './errors.js';
export { JsonNumber, parse as parseJson, stringify as stringifyJson } from './json.js';
export { verifyRequest } from './signature.js';
export { Fail, Retry, Snooze } from './worker/outcomes.js';
export { Worker } from './worker/worker.js';
