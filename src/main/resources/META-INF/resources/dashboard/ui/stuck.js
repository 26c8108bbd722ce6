// What a queue waits for whose due jobs wait for too long: the overview and the page of the queue say the same.

import { get, path, query } from '../lib/api.js';
import { observe } from '../lib/clock.js';
import { seconds } from '../lib/durations.js';
import { duration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { link } from '../lib/router.js';
import { Prose } from './parts.js';

/** @typedef {{queue: any, what: string, detail?: string, job?: string}} Stuck */

/** Whether its oldest due job has waited for longer than it should. @param {any} queue @param {any} scaling what GET /v1/scaling says */
export function isLate(queue, scaling) {
  return (queue.oldestDueSeconds ?? 0) > seconds(scaling.startDelay);
}

/** Asks what holds the next job of the queue. @param {any} queue @param {AbortSignal} signal @returns {Promise<Stuck>} */
export async function explain(queue, signal) {
  const what = `its oldest due job has waited for ${duration(queue.oldestDueSeconds * 1000)}`;
  try {
    const state = queue.counts.ready > 0 ? 'ready' : 'scheduled';
    const { jobs } = await get(`${path('queues', queue.queue, 'jobs')}${query({ state, limit: 1 })}`, signal);
    if (jobs.length === 0) {
      return { queue, what };
    }
    const why = await get(path('queues', queue.queue, 'jobs', jobs[0].id, 'explain'), signal);
    observe(why.at);
    return { queue, what, detail: why.detail, job: jobs[0].id };
  } catch {
    // It ran meanwhile, say; that the queue is late is known all the same.
    return { queue, what };
  }
}

/** The end of a sentence about the queue, the reason, and the way there. @param {{stuck: Stuck}} props */
export function Reason({ stuck }) {
  const { queue, what, detail, job } = stuck;
  return html`${what}.
    ${detail && html` <${Prose} text=${detail} />`}
    ${job && html` <a href=${link(['queues', queue.queue, 'jobs', job])}>Look at its next job</a>`}`;
}
