// All jobs of a state that match, at once: cancel, requeue, delete. The count has to be typed.

import { useState } from 'preact/hooks';
import { call, path, query } from '../lib/api.js';
import { counted } from '../lib/format.js';
import { html } from '../lib/html.js';
import { Confirmed } from './dialog.js';

/** @type {{verb: string, label: string, states: string[], says: string, danger: boolean}[]} */
const ACTIONS = [
  { verb: 'cancel', label: 'Cancel all', states: ['blocked', 'scheduled', 'ready', 'running'], says: 'cancelled', danger: true },
  { verb: 'requeue', label: 'Requeue all', states: ['dead', 'cancelled'], says: 'requeued', danger: false },
  { verb: 'delete', label: 'Delete all', states: ['succeeded', 'dead', 'cancelled'], says: 'deleted', danger: true },
];

/** @param {{queue: string, state: string, count: number, changed: () => Promise<unknown>}} props */
export function BulkActions({ queue, state, count: jobs, changed }) {
  const [done, setDone] = useState('');
  const [handler, setHandler] = useState('');
  const [errorType, setErrorType] = useState('');
  const [before, setBefore] = useState('');
  if (jobs === 0) {
    return done && html`<p role="status">${done}</p>`;
  }
  const act = (/** @type {string} */ verb, /** @type {string} */ says) => async () => {
    let cursor;
    let changedJobs = 0;
    do {
      const filters = { state, handler, errorType, enqueuedBefore: before && new Date(before).toISOString(), cursor };
      const answer = await call('POST', `${path('queues', queue, 'jobs', verb)}${query(filters)}`);
      changedJobs += answer.count;
      cursor = answer.next;
      setDone(`${counted(changedJobs, 'job')} ${says} so far.`);
    } while (cursor !== undefined);
    setDone(`${counted(changedJobs, 'job')} ${says}.`);
    await changed();
  };
  const field = (/** @type {string} */ label, /** @type {string} */ value, /** @type {(text: string) => void} */ set, type = 'text') =>
    html`<label>${label} <input type=${type} value=${value} onInput=${(/** @type {any} */ event) => set(event.target.value)} /></label>`;
  return html`<div class="actions">
    ${ACTIONS.filter((action) => action.states.includes(state)).map(
      (action) => html`<${Confirmed} key=${action.verb} label=${action.label} danger=${action.danger} typed=${String(jobs)}
        act=${act(action.verb, action.says)}
        question=${(/** @type {string} */ asked) => html`<p>${counted(Number(asked), 'job')} of <strong><bdi>${queue}</bdi></strong> ${asked === '1' ? 'is' : 'are'} ${state}.
            Those that match all of this will be ${action.says}; an empty field matches every job.</p>
          ${field('Handler', handler, setHandler)}
          ${state === 'dead' && field('Type of the latest error', errorType, setErrorType)}
          ${field('Enqueued before', before, setBefore, 'datetime-local')}`} />`,
    )}
    ${done && html`<span role="status">${done}</span>`}
  </div>`;
}

