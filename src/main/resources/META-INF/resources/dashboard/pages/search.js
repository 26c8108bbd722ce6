// Jobs of all queues, by state and what else is known of them, or by id.

import { get, query } from '../lib/api.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { go, here, place } from '../lib/router.js';
import { FilterForm, FILTERS, filters } from '../ui/filters.js';
import { JobTable } from '../ui/job-table.js';
import { Missing } from '../ui/missing.js';
import { Pages, Trouble } from '../ui/parts.js';

const STATES = ['ready', 'running', 'scheduled', 'blocked', 'dead', 'succeeded', 'cancelled'];
const FIELDS = [{ name: 'id', label: 'Job id' }, { name: 'queue', label: 'Queue (* at the end: prefix)' }, ...FILTERS, { name: 'error', label: 'Failure (of dead jobs)' }];
const REREAD_MS = 10_000;

export function Search() {
  const { id = '', queue, cursor } = place.value.query;
  const state = place.value.query.state ?? (id === '' ? 'dead' : '');
  const asked = query({ ...filters(), state, id, queue, cursor, limit: 50 });
  const live = useLive(asked, (signal) => get(`jobs${asked}`, signal), REREAD_MS);
  useChanges(state === '' ? null : { state }, [live]);
  const page = live.data.value;
  return html`<h1>Jobs</h1>
    <${FilterForm} fields=${FIELDS} label="Search for jobs" submit="Search">
      <label>State
        <select value=${state} onChange=${(/** @type {any} */ event) => go(here({ state: event.target.value, cursor: undefined }))}>
          <option value="" disabled=${id === ''}>any (by id)</option>
          ${STATES.map((each) => html`<option key=${each} value=${each}>${each}</option>`)}
        </select></label>
    <//>
    <${Trouble} live=${live} />
    <${Missing} page=${page} />
    ${page && (page.jobs.length === 0 ? html`<p>${page.next ? 'No match so far; see the next page.' : 'No job matches.'}</p>` : html`<${JobTable} state=${state} jobs=${page.jobs} />`)}
    <${Pages} next=${page?.next} cursor=${cursor} />`;
}
