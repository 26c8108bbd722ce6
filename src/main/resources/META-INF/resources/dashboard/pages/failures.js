// Dead jobs, grouped by their errors: what fails, since when, and how to get it going again.

import { useState } from 'preact/hooks';
import { get, query } from '../lib/api.js';
import { count } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { link, place } from '../lib/router.js';
import { mayOperate } from '../lib/session.js';
import { MatchingAction, VERBS } from '../ui/bulk.js';
import { FilterForm } from '../ui/filters.js';
import { Missing } from '../ui/missing.js';
import { JobLink, Pages, QueueLink, Table, Text, Time, Trouble } from '../ui/parts.js';

const QUEUE = [{ name: 'queue', label: 'Queue (* at the end: prefix)' }];
const GROUP_VERBS = VERBS.filter((verb) => verb.verb !== 'cancel');

export function Failures() {
  const { queue, cursor } = place.value.query;
  const live = useLive(`errors ${queue} ${cursor}`, (signal) => get(`errors${query({ queue, cursor, limit: 100 })}`, signal));
  useChanges({ state: 'dead' }, [live]);
  const [said, setSaid] = useState('');
  const data = live.data.value;
  return html`<h1>Failures</h1>
    <p class="hint">Dead jobs by handler, type and message of their latest error. Numbers and ids in messages are ignored.</p>
    <${FilterForm} fields=${QUEUE} label="Failures of a queue" submit="Show" />
    <${Trouble} live=${live} />
    <${Missing} page=${data} />
    ${said && html`<p role="status">${said}</p>`}
    ${data && (data.errors.length === 0 ? html`<p>${data.next ? 'None on this page.' : 'No job is dead.'}</p>` : html`<${Groups} groups=${data.errors} live=${live} tell=${setSaid} />`)}
    ${(data?.next || cursor) && html`<p class="hint">The latest of this page come first; pages are in order of the queues' names.</p>`}
    <${Pages} next=${data?.next} cursor=${cursor} />`;
}

/** The latest first. @param {{groups: any[], live: import('../lib/live.js').Live<any>, tell: (said: string) => void}} props */
function Groups({ groups, live, tell }) {
  const latest = [...groups].sort((one, other) => other.lastSeen.localeCompare(one.lastSeen));
  const acts = groups.some((group) => mayOperate(group.queue));
  return html`<${Table} label="Failures">
    <thead><tr><th>Error</th><th>Handler</th><th>Queue</th><th class="number">Dead jobs</th><th>First</th><th>Latest</th><th>Example</th>
      ${acts && html`<th><span class="unseen">Actions</span></th>`}</tr></thead>
    <tbody>
      ${latest.map(
        (group) => html`<tr key=${`${group.queue} ${group.error}`}>
          <td><span class="short"><strong><bdi>${group.type}</bdi></strong> <${Text} text=${group.message ?? ''} /></span></td>
          <td><bdi>${group.handler}</bdi></td>
          <td><${QueueLink} queue=${group.queue} /></td>
          <td class="number"><a href=${link(['queues', group.queue], { state: 'dead', error: group.error })}>${count(group.jobs)}</a></td>
          <td><${Time} at=${group.firstSeen} /></td>
          <td><${Time} at=${group.lastSeen} /></td>
          <td><${JobLink} queue=${group.queue} id=${group.example} /></td>
          ${acts && html`<td><div class="buttons">${mayOperate(group.queue) && html`<${Actions} group=${group} live=${live} tell=${tell} />`}</div></td>`}
        </tr>`,
      )}
    </tbody>
  <//>`;
}

/** @param {{group: any, live: import('../lib/live.js').Live<any>, tell: (said: string) => void}} props */
function Actions({ group, live, tell }) {
  return html`${GROUP_VERBS.map(
    (verb) => html`<${MatchingAction} key=${verb.verb} verb=${verb} label=${verb.label} title=${`${verb.label} the jobs of ${group.queue} that failed with ${group.type}`}
      queue=${group.queue} state="dead" matching=${{ error: group.error }} tell=${tell} changed=${() => live.reload()} />`,
  )}`;
}
