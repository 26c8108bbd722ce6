// The limits of a queue, all in one dialog: they are set together.

import { useState } from 'preact/hooks';
import { call, path } from '../lib/api.js';
import { html } from '../lib/html.js';
import { Confirmed } from './dialog.js';

/** @typedef {{maxWaiting: string, concurrency: string, rateCount: string, ratePeriod: string, groupConcurrency: string, groupCount: string, groupPeriod: string}} Fields */

/** @param {any} queue @returns {Fields} */
function fieldsOf(queue) {
  return {
    maxWaiting: String(queue.maxWaiting ?? ''),
    concurrency: String(queue.concurrency ?? ''),
    rateCount: String(queue.rate?.count ?? ''),
    ratePeriod: queue.rate?.period ?? 'PT1S',
    groupConcurrency: String(queue.groups?.concurrency ?? ''),
    groupCount: String(queue.groups?.rate?.count ?? ''),
    groupPeriod: queue.groups?.rate?.period ?? 'PT1S',
  };
}

/** What is empty is no limit. @param {Fields} fields */
function limitsOf(fields) {
  const number = (/** @type {string} */ text) => (text.trim() === '' ? undefined : Number(text));
  const rate = (/** @type {string} */ amount, /** @type {string} */ period) =>
    number(amount) === undefined ? undefined : { count: number(amount), period: period.trim() };
  const groups = { concurrency: number(fields.groupConcurrency), rate: rate(fields.groupCount, fields.groupPeriod) };
  return {
    maxWaiting: number(fields.maxWaiting),
    concurrency: number(fields.concurrency),
    rate: rate(fields.rateCount, fields.ratePeriod),
    groups: groups.concurrency === undefined && groups.rate === undefined ? undefined : groups,
  };
}

/** @param {{queue: any, live: import('../lib/live.js').Live<any>}} props */
export function Limits({ queue, live }) {
  const [changed, setChanged] = useState(/** @type {Partial<Fields>} */ ({}));
  const fields = { ...fieldsOf(queue), ...changed };
  const field = (/** @type {keyof Fields} */ name, /** @type {string} */ label, mode = 'numeric') =>
    html`<label>${label} <input inputmode=${mode} value=${fields[name]}
      onInput=${(/** @type {any} */ event) => setChanged({ ...changed, [name]: event.target.value })} /></label>`;
  const act = async () => {
    await call('PUT', path('queues', queue.queue, 'limits'), { body: limitsOf(fields) });
    setChanged({});
    await live.reload();
  };
  return html`<${Confirmed} label="Set limits" act=${act}
    question=${html`<p>An empty field means no limit; for waiting jobs, the default.</p>
      ${field('maxWaiting', 'Max waiting jobs')} ${field('concurrency', 'Concurrency')}
      <div class="pair">${field('rateCount', 'Rate: jobs')} ${field('ratePeriod', 'per (ISO-8601 duration)', 'text')}</div>
      ${field('groupConcurrency', 'Concurrency per group')}
      <div class="pair">${field('groupCount', 'Rate per group: jobs')} ${field('groupPeriod', 'per (ISO-8601 duration)', 'text')}</div>`} />`;
}
