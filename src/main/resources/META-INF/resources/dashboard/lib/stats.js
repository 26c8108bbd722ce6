// What happened to jobs over time: GET /v1/stats, point by point without gaps.

import { get, query } from './api.js';
import { observe, serviceNow } from './clock.js';
import { seconds } from './durations.js';
import { atMost, count, counted } from './format.js';

/** @typedef {{p50: number, p95: number, p99: number}} Percentiles */
/**
 * @typedef {{enqueued: number, started: number, succeeded: number, failed: number, dead: number, startDelaySeconds?: Percentiles,
 *   runSeconds?: Percentiles}} Counts
 */
/** @typedef {{from: number, step: number, times: number[], points: Counts[], total: Counts, partial: boolean}} History times in seconds since 1970 */
/** @typedef {{label: string, said: string, from: string, step: string}} Span */

/** For how long figures are shown, each as fine as they are kept. @type {Record<string, Span>} */
export const SPANS = {
  '1h': { label: '1 hour', said: 'the last hour', from: 'PT1H', step: 'PT1M' },
  '6h': { label: '6 hours', said: 'the last 6 hours', from: 'PT6H', step: 'PT1M' },
  '72h': { label: '72 hours', said: 'the last 72 hours', from: 'PT72H', step: 'PT10M' },
  '30d': { label: '30 days', said: 'the last 30 days', from: 'P30D', step: 'PT1H' },
};

const NOTHING = Object.freeze({ enqueued: 0, started: 0, succeeded: 0, failed: 0, dead: 0 });

/**
 * @param {Span} span
 * @param {{queue?: string, handler?: string}} of
 * @param {AbortSignal} signal
 * @returns {Promise<History>}
 */
export async function history(span, of, signal) {
  const answer = await get(`stats${query({ ...of, from: span.from, step: span.step })}`, signal);
  const from = Date.parse(answer.from) / 1000;
  const step = seconds(answer.step);
  observe(answer.points.at(-1)?.at);
  const known = new Map(answer.points.map((/** @type {any} */ point) => [Date.parse(point.at) / 1000, point]));
  const times = Array.from({ length: Math.round((Date.parse(answer.to) / 1000 - from) / step) }, (_, index) => from + index * step);
  return { from, step, times, points: times.map((time) => known.get(time) ?? NOTHING), total: answer.total, partial: answer.partial };
}

/** The figures of each handler within the last hour. @param {AbortSignal} signal @returns {Promise<Map<string, Counts>>} */
export async function byHandler(signal) {
  const answer = await get(`stats${query({ by: 'handler', from: 'PT1H' })}`, signal);
  return new Map(answer.groups.map((/** @type {any} */ group) => [group.handler, group]));
}

/** @typedef {{enqueued: number, finished: number, failed: number, startDelay?: number, run?: number}} Rates a minute; times in seconds: p95, p50 */
/** @typedef {{all: Rates, queues: Map<string, Rates>}} Pace */

/** How fast jobs flow, in the minute that is under way and the one before. @param {AbortSignal} signal @returns {Promise<Pace>} */
export async function pace(signal) {
  const answer = await get(`stats${query({ by: 'queue', from: 'PT1M', step: 'PT1M' })}`, signal);
  const minutes = Math.min(2, Math.max(1, (serviceNow() - Date.parse(answer.from)) / 60_000));
  const rates = (/** @type {Counts} */ counts) => ({
    enqueued: counts.enqueued / minutes,
    finished: (counts.succeeded + counts.dead) / minutes,
    failed: counts.failed / minutes,
    startDelay: counts.startDelaySeconds?.p95,
    run: counts.runSeconds?.p50,
  });
  return { all: rates(answer.total), queues: new Map(answer.groups.map((/** @type {any} */ group) => [group.queue, rates(group)])) };
}

/** In a sentence, for who does not see the charts. @param {History} history @param {Span} span */
export function summary({ total }, span) {
  const late = total.startDelaySeconds ? ` Start delay p95: ${atMost(total.startDelaySeconds.p95)}.` : '';
  const ran = total.runSeconds ? ` Run time p95: ${atMost(total.runSeconds.p95)}.` : '';
  return `In ${span.said} ${counted(total.enqueued, 'job')} enqueued, ${count(total.succeeded)} succeeded, ${count(total.dead)} died; ${counted(total.failed, 'attempt')} failed.${late}${ran}`;
}
