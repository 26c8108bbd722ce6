// All flows, the latest first; one of them: its jobs and what each runs after.

import { useState } from 'preact/hooks';
import { call, get, path, query } from '../lib/api.js';
import { count } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { go, here, link, place } from '../lib/router.js';
import { hasRole } from '../lib/session.js';
import { Confirmed } from '../ui/dialog.js';
import { Graph } from '../ui/graph.js';
import { Missing } from '../ui/missing.js';
import { Facts, JobLink, Pages, QueueLink, State, Table, Time, Trouble } from '../ui/parts.js';

const DEAD_PARENT = { cancel: 'it is cancelled', run: 'it runs', wait: 'it waits' };

/** @param {{name?: string}} props */
export function Flows({ name }) {
  return name === undefined ? html`<${Find} />` : html`<${One} id=${name} />`;
}

function Find() {
  const [id, setId] = useState('');
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (id.trim() !== '') {
      go(link(['flows', id.trim()]));
    }
  };
  return html`<h1>Flows</h1>
    <form class="inline" onSubmit=${submit}>
      <label>Flow id <input value=${id} spellcheck=${false} onInput=${(/** @type {any} */ event) => setId(event.target.value)} /></label>
      <button type="submit">Open flow</button>
    </form>
    ${hasRole('reader') ? html`<${All} />` : html`<p class="hint">The page of a flow's job links to its flow.</p>`}`;
}

function All() {
  const { state = '', cursor } = place.value.query;
  const asked = query({ state, cursor, limit: 50 });
  const live = useLive(asked, (signal) => get(`flows${asked}`, signal));
  useChanges({}, [live], (change) => change.data.id?.startsWith('flow-'));
  const page = live.data.value;
  return html`<nav class="tabs" aria-label="Flows by state">
      ${['', 'running', 'failed', 'succeeded'].map(
        (each) => html`<a key=${each} href=${here({ state: each, cursor: undefined })} aria-current=${each === state ? 'page' : undefined}>${each || 'all'}</a>`,
      )}
    </nav>
    <${Trouble} live=${live} />
    <${Missing} page=${page} />
    ${page && (page.flows.length === 0 ? html`<p>${page.next ? 'No match so far; see the next page.' : 'There are none.'}</p>` : html`<${Rows} flows=${page.flows} />`)}
    <${Pages} next=${page?.next} cursor=${cursor} />`;
}

/** @param {{flows: any[]}} props */
function Rows({ flows }) {
  return html`<${Table} label="Flows">
    <thead><tr><th>Flow</th><th>State</th><th class="number">Jobs</th><th class="number">Open</th><th class="number">Dead or cancelled</th><th>Created</th><th>Ended</th></tr></thead>
    <tbody>
      ${flows.map(
        (flow) => html`<tr key=${flow.id}>
          <td><a href=${link(['flows', flow.id])} class="id"><bdi>${flow.id}</bdi></a></td>
          <td><${State} state=${flow.state} /></td>
          <td class="number">${count(flow.jobs)}</td>
          <td class="number">${count(flow.open)}</td>
          <td class="number">${count(flow.failed)}</td>
          <td><${Time} at=${flow.createdAt} /></td>
          <td><${Time} at=${flow.endedAt} /></td>
        </tr>`,
      )}
    </tbody>
  <//>`;
}

/** @param {{id: string}} props */
function One({ id }) {
  const live = useLive(id, (signal) => get(path('flows', id), signal));
  const flow = live.data.value;
  const jobs = new Set(flow?.jobs.map((/** @type {any} */ job) => job.id));
  useChanges(hasRole('reader') ? {} : null, [live], (change) => jobs.has(change.data.id));
  return html`<p class="trail"><a href=${link(['flows'])}>Flows</a></p>
    <h1 class="id"><bdi>${id}</bdi></h1>
    <${Trouble} live=${live} />
    ${flow && html`<${Whole} flow=${flow} live=${live} />`}`;
}

/** @param {{flow: any, live: import('../lib/live.js').Live<any>}} props */
function Whole({ flow, live }) {
  const cancel = async () => {
    await call('DELETE', path('flows', flow.id));
    await live.reload();
  };
  return html`<p class="lead"><${State} state=${flow.state} />
      ${Object.entries(flow.counts)
        .filter(([, jobs]) => Number(jobs) > 0)
        .map(([state, jobs]) => html` <span key=${state} class="item">${count(Number(jobs))} ${state}</span>`)}</p>
    <${Facts} entries=${[
      ['Created', html`<${Time} at=${flow.createdAt} />`],
      ['Ended', flow.endedAt && html`<${Time} at=${flow.endedAt} />`],
    ]} />
    ${hasRole('operator') &&
    flow.state === 'running' &&
    html`<div class="actions"><${Confirmed} label="Cancel flow" danger typed=${String(flow.counts.blocked + flow.counts.active)} act=${cancel}
      question=${html`<p>All of its jobs that have not ended are cancelled, including running ones.</p>`} /></div>`}
    <${Graph} jobs=${flow.jobs} />
    <h2>Jobs</h2>
    <${Table} label="Jobs of the flow">
      <thead><tr><th>Name</th><th>State</th><th>Job</th><th>Queue</th><th>After</th><th>If a parent dies</th></tr></thead>
      <tbody>
        ${flow.jobs.map(
          (/** @type {any} */ job) => html`<tr key=${job.name}>
            <td><bdi>${job.name}</bdi></td>
            <td><${State} state=${job.state} /></td>
            <td><${JobLink} queue=${job.queue} id=${job.id} /></td>
            <td><${QueueLink} queue=${job.queue} /></td>
            <td><bdi>${job.after.join(', ') || '–'}</bdi></td>
            <td>${job.after.length > 0 ? DEAD_PARENT[/** @type {keyof typeof DEAD_PARENT} */ (job.onParentDead)] : '–'}</td>
          </tr>`,
        )}
      </tbody>
    <//>`;
}
