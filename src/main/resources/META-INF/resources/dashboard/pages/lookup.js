// For those who know what they look for, and for callers who may read jobs by their ids alone.

import { useState } from 'preact/hooks';
import { html } from '../lib/html.js';
import { go, link } from '../lib/router.js';
import { hasRole } from '../lib/session.js';

export function Lookup() {
  return html`<h1>Open a job</h1>
    ${!hasRole('reader') && html`<p>This key lacks the role <code>reader</code>, so nothing is listed. A job can be opened by its id.</p>`}
    <${JobForm} />`;
}

/** @param {{queue?: string}} props of this queue only */
export function JobForm({ queue: given }) {
  const [queue, setQueue] = useState(given ?? '');
  const [id, setId] = useState('');
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (queue !== '' && id !== '') {
      go(link(['queues', queue.trim(), 'jobs', id.trim()]));
    }
  };
  return html`<form class="inline" onSubmit=${submit}>
    ${given === undefined &&
    html`<label>Queue <input value=${queue} onInput=${(/** @type {any} */ event) => setQueue(event.target.value)} /></label>`}
    <label>Job id <input value=${id} onInput=${(/** @type {any} */ event) => setId(event.target.value)} /></label>
    <button type="submit">Open job</button>
  </form>`;
}
