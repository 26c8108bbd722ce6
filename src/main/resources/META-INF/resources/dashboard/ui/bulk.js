// All jobs that match, at once: cancel, requeue, delete. They are counted first, and the count has to be typed.

import { useState } from 'preact/hooks';
import { call, path, query } from '../lib/api.js';
import { count, counted } from '../lib/format.js';
import { html } from '../lib/html.js';
import { Asking } from './dialog.js';
import { bulkFilters } from './filters.js';

/** Jobs that one request looks at. */
const LOOK_AT = 10_000;

/** @typedef {{verb: string, label: string, states: string[], says: string, danger: boolean}} Verb */

/** @type {Verb[]} */
export const VERBS = [
  { verb: 'cancel', label: 'Cancel', states: ['blocked', 'scheduled', 'ready', 'running'], says: 'cancelled', danger: true },
  { verb: 'requeue', label: 'Requeue', states: ['dead', 'cancelled'], says: 'requeued', danger: false },
  { verb: 'delete', label: 'Delete', states: ['succeeded', 'dead', 'cancelled'], says: 'deleted', danger: true },
];

/**
 * Request after request until all jobs were looked at.
 * @param {string} queue @param {string} verb @param {Record<string, any>} parameters @param {(count: number) => void} told
 */
async function throughAll(queue, verb, parameters, told) {
  let cursor;
  let jobs = 0;
  do {
    const answer = await call('POST', `${path('queues', queue, 'jobs', verb)}${query({ ...parameters, limit: LOOK_AT, cursor })}`);
    jobs += answer.count;
    cursor = answer.next;
    told(jobs);
  } while (cursor !== undefined);
  return jobs;
}

/** What can be done to the jobs of a queue that the list shows. @param {{queue: string, state: string, changed: () => Promise<unknown>}} props */
export function BulkActions({ queue, state, changed }) {
  const matching = bulkFilters();
  const what = Object.keys(matching).some((name) => matching[/** @type {keyof typeof matching} */ (name)]) ? 'all that match' : 'all';
  return html`<div class="actions">
    ${VERBS.filter((verb) => verb.states.includes(state)).map(
      (verb) => html`<${MatchingAction} key=${verb.verb} verb=${verb} label=${`${verb.label} ${what}`} queue=${queue} state=${state} matching=${matching} changed=${changed} />`,
    )}
  </div>`;
}

/**
 * A button that counts the jobs first, and then asks.
 * @param {{verb: Verb, label: string, title?: string, queue: string, state: string, matching: Record<string, string | undefined>, changed: () => Promise<unknown>,
 *   tell?: (said: string) => void}} props tell: where to say what was done, if not beside the button
 */
export function MatchingAction({ verb, label, title, queue, state, matching, changed, tell }) {
  const [found, setFound] = useState(/** @type {number | null} */ (null));
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState('');
  const [rate, setRate] = useState('');
  const parameters = { ...matching, state };
  const look = async () => {
    setBusy(true);
    setProblem('');
    try {
      const jobs = await throughAll(queue, verb.verb, { ...parameters, dryRun: 'true' }, (some) => setSaid(`${counted(some, 'job')} found so far.`));
      setSaid(jobs === 0 ? 'No job matches.' : '');
      setFound(jobs === 0 ? null : jobs);
    } catch (error) {
      setSaid('');
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  const act = async () => {
    const perMinute = verb.verb === 'requeue' ? rate.trim() : '';
    const jobs = await throughAll(queue, verb.verb, { ...parameters, perMinute }, (some) => setSaid(`${counted(some, 'job')} ${verb.says} so far.`));
    const done = `${counted(jobs, 'job')} ${verb.says}.`;
    if (tell) {
      tell(done);
      setSaid('');
    } else {
      setSaid(done);
    }
    await changed();
  };
  return html`<span class="action">
    <button type="button" class=${verb.danger ? 'danger' : ''} title=${title} aria-disabled=${busy} onClick=${busy ? undefined : look}>${label}</button>
    ${said && html`<span role="status">${said}</span>`}
    ${problem && html`<span class="problem" role="alert">${problem}</span>`}
    ${found !== null &&
    html`<${Asking} label=${label} danger=${verb.danger} typed=${String(found)} act=${act} close=${() => setFound(null)}
      question=${html`<p>${count(found)} ${state} ${found === 1 ? 'job' : 'jobs'} of <strong><bdi>${queue}</bdi></strong> ${found === 1 ? 'matches' : 'match'} now and will be ${verb.says}.
          Jobs that match by the time you go on are included.</p>
        ${verb.verb === 'requeue' &&
        html`<label>Jobs a minute (empty: all at once) <input type="number" min="1" max="60000" value=${rate} onInput=${(/** @type {any} */ event) => setRate(event.target.value)} /></label>`}`} />`}
  </span>`;
}
