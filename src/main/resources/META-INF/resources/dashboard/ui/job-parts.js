// What became of a job so far: its attempts, its log, the jobs it runs after.

import { get, path } from '../lib/api.js';
import { count, counted, duration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useLive } from '../lib/live.js';
import { link } from '../lib/router.js';
import { JobLink, State, Table, Time } from './parts.js';
import { LongText } from './tree.js';

const MOST_CHILDREN = 50;

/** @param {{attempts: any[], job: any}} props */
export function Attempts({ attempts, job }) {
  const latest = [...attempts].reverse();
  return html`<h2>Attempts</h2>
    ${job.attempt > attempts.length && html`<p class="hint">The last ${count(attempts.length)} of ${count(job.attempt)}.</p>`}
    <ol class="attempts">
      ${latest.map(
        (attempt) => html`<li key=${attempt.attempt} class=${attempt.outcome}>
          <p><strong>${count(attempt.attempt)}</strong> <span class="state ${attempt.outcome}">${attempt.outcome}</span>${' '}
            <${Time} at=${attempt.startedAt ?? attempt.endedAt} />
            ${attempt.startedAt && attempt.endedAt && ` for ${duration(Date.parse(attempt.endedAt) - Date.parse(attempt.startedAt))}`}
            ${attempt.worker && html` on <bdi>${attempt.worker}</bdi>`}</p>
          ${attempt.error &&
          html`<div class="error"><strong><bdi>${attempt.error.type}</bdi></strong>${' '}
            ${attempt.error.message && html`<pre><${LongText} text=${attempt.error.message} /></pre>`}
            ${attempt.error.stack && html`<details><summary>Stack</summary><pre><${LongText} text=${attempt.error.stack} /></pre></details>`}</div>`}
        </li>`,
      )}
    </ol>`;
}

/** @param {{lines: any[]}} props */
export function Log({ lines }) {
  return html`<h2>Log</h2>
    <${Table} label="Log">
      <thead><tr><th>When</th><th class="number">Attempt</th><th>Line</th></tr></thead>
      <tbody>
        ${lines.map(
          (line, index) => html`<tr key=${index}><td><${Time} at=${line.at} /></td><td class="number">${count(line.attempt)}</td><td class="wide"><bdi>${line.text}</bdi></td></tr>`,
        )}
      </tbody>
    <//>`;
}

/** @param {{parents: any[]}} props */
export function Parents({ parents }) {
  return html`<h2>Parents</h2>
    <${Family} jobs=${parents} />`;
}

/** Jobs of its flow that run after it. A flow may be large, so it is not read as often as the job. @param {{job: any}} props */
export function Children({ job }) {
  const live = useLive(`children of ${job.queue}/${job.id}`, (signal) => get(path('flows', job.flow), signal));
  const jobs = live.data.value?.jobs ?? [];
  const own = jobs.find((/** @type {any} */ each) => each.queue === job.queue && each.id === job.id);
  const children = own ? jobs.filter((/** @type {any} */ each) => each.after.includes(own.name)) : [];
  if (children.length === 0) {
    return null;
  }
  return html`<h2>Children</h2>
    <${Family} jobs=${children.slice(0, MOST_CHILDREN)} />
    ${children.length > MOST_CHILDREN && html`<p>And ${counted(children.length - MOST_CHILDREN, 'other')}, see <a href=${link(['flows', job.flow])}>the flow</a>.</p>`}`;
}

/** @param {{jobs: any[]}} props */
function Family({ jobs }) {
  return html`<ul>
    ${jobs.map((job) => html`<li key=${`${job.queue} ${job.id}`}><${State} state=${job.state} /> <bdi>${job.name}</bdi>: <${JobLink} queue=${job.queue} id=${job.id} /></li>`)}
  </ul>`;
}
