/** Milliseconds, or an ISO-8601 text such as "PT1M30S". */
export type Duration = number | string;

export type State = 'blocked' | 'scheduled' | 'ready' | 'running' | 'succeeded' | 'dead' | 'cancelled';

export interface ConnectionOptions {
  /** Of the service; MAINSTAY_URL or http://localhost:8080 by default. */
  url?: string;
  /** The API key or token, or who gives it; MAINSTAY_KEY by default. Asked before every request. */
  key?: string | (() => string | Promise<string>);
  /** Options of `https.Agent`, such as `ca`, `cert`, `key`. */
  tls?: Record<string, unknown>;
  /** How many milliseconds to wait for an answer, beside what the service was asked to wait; 10 s by default. */
  timeout?: number;
}

export interface ClientOptions extends ConnectionOptions {
  /** How long a call is sent again while the service is away or busy; 30 s by default. */
  retryFor?: Duration;
}

export type Backoff =
  | { type: 'exponential'; initial?: Duration; max?: Duration }
  | { type: 'fixed'; delay: Duration }
  | { type: 'listed'; delays: Duration[] };

/** A job to be added, without its queue. See "Enqueue" in docs/rest-api.md for what the fields mean. */
export interface JobTemplate<Payload = unknown> {
  handler?: string;
  payload?: Payload;
  http?: HttpCall;
  priority?: number;
  maxAttempts?: number;
  backoff?: Backoff;
  timeout?: Duration;
  durability?: 'memory' | 'replica' | 'fsync';
  uniqueKey?: string;
  unique?: { key: string; until?: 'start' | 'end' | Duration; onConflict?: 'keep' | 'replace' | 'reject' };
  expiresIn?: Duration;
  within?: Duration;
  group?: { id: string; ordered?: boolean };
}

export interface NewJob<Payload = unknown> extends JobTemplate<Payload> {
  /** Chosen by the caller; with it, or without, repeats of the call make one job. */
  id?: string;
  delay?: Duration;
  runAt?: Date | string;
  deadline?: Date | string;
}

export interface HttpCall {
  url: string;
  method?: string;
  headers?: Record<string, string>;
  body?: unknown;
  callback?: boolean;
  statusUrl?: string;
}

/** Times are texts as the service writes them, for `new Date(…)`; so are durations. */
export interface Job<Payload = any, Result = any> {
  id: string;
  queue: string;
  flow?: string;
  handler: string;
  state: State;
  attempt: number;
  maxAttempts: number;
  priority: number;
  timeout: string;
  backoff: Backoff;
  payload: Payload;
  http?: HttpCall;
  enqueuedAt: string;
  runAt?: string;
  startedAt?: string;
  finishedAt?: string;
  traceparent?: string;
  unique?: { key: string; until: string; onConflict: string };
  expiresIn?: string;
  within?: string;
  deadline?: string;
  group?: { id: string; ordered?: boolean };
  result?: Result;
  progress?: { percent: number; note?: string; at: string };
  snoozes?: number;
  errors: JobError[];
  redacted?: true;
  /** The job has ended and was deleted since: of the rest, only `id` and `state` are there. */
  deleted?: true;
}

export interface JobError {
  attempt: number;
  at: string;
  type: string;
  message?: string;
  startedAt?: string;
  worker?: string;
}

export interface Attempt {
  attempt: number;
  outcome: 'running' | 'succeeded' | 'failed' | 'timed-out' | 'lost' | 'cancelled';
  startedAt?: string;
  endedAt?: string;
  worker?: string;
  error?: { type: string; message?: string };
}

/** Why a job stands where it stands. */
export interface Explanation {
  id: string;
  queue: string;
  state: State;
  reason: string;
  detail: string;
  at: string;
  [more: string]: unknown;
}

export interface EnqueueOptions {
  /** How long the service may wait for the job's end before it answers. */
  wait?: Duration;
  /** One job for all calls with this key; made for each call by default, so that its repeats are safe. */
  idempotencyKey?: string;
  /** W3C trace context. */
  traceparent?: string;
  signal?: AbortSignal;
}

export interface BulkOptions {
  /** At most 190 characters; the same jobs again under the same key are not added again. */
  idempotencyKey?: string;
  /** Which jobs `results` tells of: those that were refused, which is the default, or all. */
  results?: 'failed' | 'all';
  signal?: AbortSignal;
}

export interface BulkResult {
  created: number;
  existing: number;
  failed: number;
  results: { index: number; status: number; id?: string; problem?: Problem }[];
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  field?: string;
  [more: string]: unknown;
}

export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown;
  wait?: Duration;
  headers?: Record<string, string | undefined>;
  signal?: AbortSignal;
}

/**
 * Adds jobs, reads and steers them. Every call is sent again while the service is away or busy, with growing random waits.
 * Errors: ProblemError if the service said no, ConnectionError if it did not answer.
 */
export class Client {
  constructor(options?: ClientOptions);
  readonly schedules: Schedules;
  /** Without `queue` the job goes to the queue that its handler was declared with. */
  enqueue<Payload = any, Result = any>(job: NewJob<Payload> & { queue?: string }, options?: EnqueueOptions): Promise<Job<Payload, Result>>;
  /** Adds any number of jobs, in as many requests as that takes; each fares as if it came alone. */
  bulk(queue: string, jobs: Iterable<NewJob>, options?: BulkOptions): Promise<BulkResult>;
  /** null if there is no such job. */
  get<Payload = any, Result = any>(
    queue: string,
    id: string,
    options?: { wait?: Duration; signal?: AbortSignal },
  ): Promise<Job<Payload, Result> | null>;
  /** Waits for the job's end. Rejects with a WaitTimeoutError if it has not ended after `timeout`. */
  wait<Payload = any, Result = any>(
    queue: string,
    id: string,
    options?: { timeout?: Duration; signal?: AbortSignal },
  ): Promise<Job<Payload, Result>>;
  cancel(queue: string, id: string): Promise<Job>;
  requeue(queue: string, id: string): Promise<Job>;
  explain(queue: string, id: string): Promise<Explanation>;
  attempts(queue: string, id: string): Promise<Attempt[]>;
  log(queue: string, id: string): Promise<{ at: string; attempt: number; text: string }[]>;
  /** Any other call of the REST API; resolves to its JSON. It has to be one that may be sent again. */
  request(method: string, path: string, options?: RequestOptions): Promise<any>;
  close(): void;
}

export interface NewSchedule<Payload = unknown> {
  cron: string;
  timeZone?: string;
  gap?: 'shift' | 'skip';
  overlap?: 'first' | 'both';
  misfire?: 'skip' | 'once' | 'all';
  misfireLimit?: number;
  queue: string;
  job: JobTemplate<Payload>;
}

export interface Schedule extends NewSchedule {
  name: string;
  paused: boolean;
  next?: string;
  last?: { at: string; job: string };
  createdAt: string;
  updatedAt: string;
}

export interface TriggerOptions {
  wait?: Duration;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

export class Schedules {
  private constructor();
  /** Makes it, or changes it to this; the same again changes nothing. */
  put(name: string, schedule: NewSchedule): Promise<Schedule>;
  get(name: string): Promise<Schedule | null>;
  list(): AsyncIterableIterator<Schedule>;
  /** Times of the next runs. */
  preview(name: string, count?: number): Promise<string[]>;
  pause(name: string): Promise<Schedule>;
  resume(name: string): Promise<Schedule>;
  /** Adds a job now, beside the runs. */
  trigger(name: string, options?: TriggerOptions): Promise<Job>;
  delete(name: string): Promise<void>;
}

/** What a handler knows and may do beside its job. */
export interface Context {
  /** Aborted when the run should stop; its reason is an InterruptedError. */
  readonly signal: AbortSignal;
  /** Rises with every claim of the job: of two, the lower one is late. */
  readonly fence: number;
  /** The same for every attempt of this job, different for every other job. */
  readonly idempotencyKey: string;
  /** How far the job is: 0 to 100 percent, and a note. */
  progress(percent: number, note?: string): void;
  /** Adds a line to the job's log. */
  log(line: string): void;
}

/**
 * Runs a job. What it returns is the job's result; if it throws, the job is tried again. Snooze, Fail and Retry, thrown or
 * returned, say something else.
 */
export type Handler<Payload = any> = (job: Job<Payload>, context: Context) => unknown;

export interface Logger {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

export interface WorkerOptions extends ConnectionOptions {
  /** 1 to 20 names. */
  queues: string[];
  /** By name. Only jobs of these handlers are leased. */
  handlers: Record<string, Handler>;
  /** How many jobs run at the same time, 1 to 1000; 10 by default. */
  concurrency?: number;
  /** How long the worker may be silent before its jobs go to others; 30 s by default. */
  lease?: Duration;
  /** How long one call waits for jobs, 50 s at most; 20 s by default. */
  wait?: Duration;
  /** How long running jobs may take after SIGTERM; 20 s by default. What is left is given back. */
  grace?: Duration;
  /** Of this process, as operators see it; made of the host's name by default. */
  name?: string;
  /** Of the program, as operators see it. */
  version?: string;
  /** The console by default. */
  logger?: Logger;
}

/** Runs jobs of some queues. A worker object runs once. */
export class Worker {
  constructor(options: WorkerOptions);
  readonly name: string;
  /**
   * Runs jobs until stop() is called or, unless `signals` is false, SIGTERM or SIGINT comes; a second one ends the grace.
   * Rejects with a ProblemError if the service refuses the very first call.
   */
  run(options?: { signals?: boolean }): Promise<void>;
  /** Takes no more jobs, lets those that run end, gives back those that do not within the grace. */
  stop(options?: { grace?: Duration }): Promise<void>;
}

/** The attempt failed; the job is tried again after `delay`, or its backoff, while attempts are left. */
export class Retry extends Error {
  constructor(message: string, options?: { delay?: Duration; type?: string; cause?: unknown });
}

/** The job is dead, whatever attempts are left. */
export class Fail extends Error {
  constructor(message: string, options?: { type?: string; cause?: unknown });
}

/** The job runs again later, from the beginning; that is neither an attempt nor an error. */
export class Snooze extends Error {
  constructor(delay: Duration);
}

export class MainstayError extends Error {
  constructor(message: string, options?: ErrorOptions);
  /** Whether the same request may succeed later. */
  readonly temporary: boolean;
}

/** There was no answer. Whether the request had an effect is not known. */
export class ConnectionError extends MainstayError {}

/** The service said no. */
export class ProblemError extends MainstayError {
  constructor(status: number, problem: Partial<Problem>, retryAfter?: number);
  readonly status: number;
  /** Such as `queue-full`: that of the problem, without its prefix. */
  readonly type: string;
  readonly field?: string;
  readonly problem: Partial<Problem>;
  /** Milliseconds that the service wants callers to wait; 0 if it says nothing. */
  readonly retryAfter: number;
}

export class WaitTimeoutError extends MainstayError {
  constructor(job: Job);
  /** As it was last seen. */
  readonly job: Job;
}

export class SignatureError extends MainstayError {}

/** Why a handler's signal was aborted. */
export class InterruptedError extends MainstayError {
  constructor(why: InterruptedError['why']);
  /**
   * The lease ended and somebody else may have the job; it was cancelled; its time-out or deadline came; the worker stops, and
   * the job is given back.
   */
  readonly why: 'lost' | 'cancelled' | 'timed-out' | 'stopping';
}

/**
 * Whether a request was signed by the service (Standard Webhooks 1.0.0). Throws a SignatureError if not.
 * @param body as it came, byte for byte
 * @param secrets `whsec_…`, or `whpk_…` for a public ed25519 key; one of several has to fit
 * @param options `tolerance`: how many seconds the request may be old, 300 by default
 */
export function verifyRequest(
  body: string | Uint8Array,
  headers: Headers | Record<string, string | string[] | undefined>,
  secrets: string | string[],
  options?: { tolerance?: number; now?: number },
): { id: string; timestamp: Date };

/** A number with a fraction or an exponent that a double cannot hold. Calculates as the nearest double. */
export class JsonNumber {
  constructor(text: string);
  /** As in JSON. */
  readonly text: string;
  valueOf(): number;
  toString(): string;
  toJSON(): unknown;
}

/** JSON.parse, but numbers survive: integers beyond 2^53 - 1 are BigInt, other numbers that a double cannot hold JsonNumber. */
export function parseJson(text: string): any;

/** JSON.stringify for the same; NaN and infinities are a TypeError. */
export function stringifyJson(value: unknown): string | undefined;
