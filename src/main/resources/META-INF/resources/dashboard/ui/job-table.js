// Jobs of one state as rows.

import { count, size } from '../lib/format.js';
import { html } from '../lib/html.js';
import { JobLink, QueueLink, State, Table, Text, Time } from './parts.js';

/** Which time matters in which state, and what it is called. @type {Record<string, [string, string]>} */
const TIMES = {
  ready: ['runAt', 'Due'],
  scheduled: ['runAt', 'Due'],
  blocked: ['enqueuedAt', 'Enqueued'],
  running: ['startedAt', 'Started'],
  succeeded: ['finishedAt', 'Ended'],
  dead: ['finishedAt', 'Ended'],
  cancelled: ['finishedAt', 'Ended'],
};

/** @param {{state: string, jobs: any[], queue?: string}} props state: '' for jobs in any; queue: that of all of them, which is not shown then */
export function JobTable({ queue, state, jobs }) {
  const [time, name] = TIMES[state] ?? ['enqueuedAt', 'Enqueued'];
  return html`<${Table} label=${state === '' ? 'Jobs' : `Jobs that are ${state}`}>
    <thead><tr><th>Job</th>${queue === undefined && html`<th>Queue</th>`}${state === '' && html`<th>State</th>`}<th>Handler</th><th>${name}</th><th class="number">Attempt</th><th class="number">Priority</th>
      ${state === 'running' ? html`<th>Progress</th>` : html`<th>Latest error</th>`}<th class="number">Payload</th></tr></thead>
    <tbody>
      ${jobs.map(
        (job) => html`<tr key=${`${job.queue} ${job.id}`}>
          <td><${JobLink} queue=${job.queue} id=${job.id} /></td>
          ${queue === undefined && html`<td><${QueueLink} queue=${job.queue} /></td>`}
          ${state === '' && html`<td><${State} state=${job.state} /></td>`}
          <td><bdi>${job.handler}</bdi></td>
          <td><${Time} at=${job[time]} /></td>
          <td class="number">${count(job.attempt)} of ${count(job.maxAttempts)}</td>
          <td class="number">${job.priority}</td>
          <td>${state === 'running' ? html`<${Progress} progress=${job.progress} />` : html`<${LatestError} errors=${job.errors} />`}</td>
          <td class="number">${job.payloadBytes === undefined ? '–' : size(job.payloadBytes)}</td>
        </tr>`,
      )}
    </tbody>
  <//>`;
}

/** @param {{errors: any[]}} props */
function LatestError({ errors }) {
  const latest = errors[errors.length - 1];
  return latest ? html`<span class="short"><strong><bdi>${latest.type}</bdi></strong> <${Text} text=${latest.message ?? ''} /></span>` : '–';
}

/** @param {{progress?: any}} props */
export function Progress({ progress }) {
  if (!progress) {
    return html`<span class="none">–</span>`;
  }
  return html`<progress max="100" value=${progress.percent} aria-label="Progress">${progress.percent} %</progress> ${progress.percent} %
    ${progress.note && html` <${Text} text=${progress.note} />`}`;
}
