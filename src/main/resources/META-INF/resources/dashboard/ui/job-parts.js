// What became of a job so far: its attempts, its log, the jobs it runs after.

import { count, duration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { JobLink, State, Table, Time } from './parts.js';
import { LongText } from './tree.js';

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
    <ul>
      ${parents.map(
        (parent) => html`<li key=${parent.id}><${State} state=${parent.state} /> <bdi>${parent.name}</bdi>: <${JobLink} queue=${parent.queue} id=${parent.id} /></li>`,
      )}
    </ul>`;
}
