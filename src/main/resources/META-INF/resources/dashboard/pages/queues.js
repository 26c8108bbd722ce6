// All queues, by name.

import { useEffect, useState } from 'preact/hooks';
import { call, get, path, query } from '../lib/api.js';
import { count, counted, duration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { go, here, link, place } from '../lib/router.js';
import { mayOperate } from '../lib/session.js';
import { Action, Pages, QueueLink, Table, Trouble } from '../ui/parts.js';

const STATES = ['ready', 'running', 'scheduled', 'blocked', 'dead', 'succeeded', 'cancelled'];
const TYPING_MS = 250;

export function Queues() {
  const { prefix = '', cursor, sort = '' } = place.value.query;
  const live = useLive(`queues ${prefix} ${cursor}`, (signal) => get(`queues${query({ prefix, cursor, limit: 100 })}`, signal));
  useChanges({}, [live]);
  const data = live.data.value;
  return html`<h1>Queues</h1>
    <${Search} prefix=${prefix} />
    <${Trouble} live=${live} />
    ${data?.incomplete && html`<p class="warning">A part of Redis does not answer; its queues are missing here.</p>`}
    ${data && (data.queues.length === 0 ? html`<p>${data.next ? 'None on this page.' : 'No queues.'}</p>` : html`<${Rows} queues=${sorted(data.queues, sort)} sort=${sort} live=${live} />`)}
    ${sort !== '' && (data?.next || cursor) && html`<p class="hint">Only the queues of this page are sorted; pages are in order of name.</p>`}
    <${Pages} next=${data?.next} cursor=${cursor} />`;
}

/** @param {{prefix: string}} props */
function Search({ prefix }) {
  const [text, setText] = useState(prefix);
  useEffect(() => {
    const timer = setTimeout(() => text !== prefix && go(here({ prefix: text, cursor: undefined })), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return html`<form class="inline" role="search" onSubmit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <label>Name begins with
      <input type="search" autocomplete="off" spellcheck=${false} value=${text} onInput=${(/** @type {any} */ event) => setText(event.target.value)} /></label>
  </form>`;
}

/** By name as they come, or the largest first. @param {any[]} queues @param {string} by a state, or oldest */
function sorted(queues, by) {
  const value = (/** @type {any} */ queue) => (by === 'oldest' ? (queue.oldestDueSeconds ?? -1) : (queue.counts[by] ?? 0));
  return by === '' ? queues : [...queues].sort((one, other) => value(other) - value(one));
}

/** @param {{by: string, label: string, sort: string, number?: boolean}} props by: '' for the name */
function SortedHead({ by, label, sort, number }) {
  const current = by === sort;
  return html`<th class=${number ? 'number' : ''} aria-sort=${current ? (by === '' ? 'ascending' : 'descending') : undefined}>
    <a href=${here({ sort: by })} title=${by === '' ? 'Sort by name' : `Most ${label} first`}>${label}${current ? (by === '' ? ' ↑' : ' ↓') : ''}</a></th>`;
}

/** @param {{queues: any[], sort: string, live: import('../lib/live.js').Live<any>}} props */
function Rows({ queues, sort, live }) {
  return html`<${Table} label="Queues">
    <thead><tr><${SortedHead} by="" label="Queue" sort=${sort} />${STATES.map((state) => html`<${SortedHead} key=${state} by=${state} label=${state} sort=${sort} number />`)}<${SortedHead} by="oldest" label="Oldest due" sort=${sort} /><th>Limits</th><th><span class="unseen">Actions</span></th></tr></thead>
    <tbody>
      ${queues.map(
        (queue) => html`<tr key=${queue.queue}>
          <td><${QueueLink} queue=${queue.queue} />${queue.paused && html` <span class="tag warn">paused</span>`}
            ${queue.pausedHandlers && html` <span class="tag warn">${counted(queue.pausedHandlers.length, 'handler')} paused</span>`}</td>
          ${STATES.map(
            (state) => html`<td key=${state} class="number">
              ${queue.counts[state] > 0 ? html`<a href=${link(['queues', queue.queue], { state })}>${count(queue.counts[state])}</a>` : '0'}
            </td>`,
          )}
          <td>${queue.oldestDueSeconds === undefined ? '–' : duration(queue.oldestDueSeconds * 1000)}</td>
          <td>${limits(queue)}</td>
          <td><${PauseButton} queue=${queue} live=${live} /></td>
        </tr>`,
      )}
    </tbody>
  <//>`;
}

/** @param {any} queue */
function limits(queue) {
  const some = [];
  if (queue.concurrency) {
    some.push(`${count(queue.concurrency)} at a time`);
  }
  if (queue.rate) {
    some.push(`${count(queue.rate.count)} a ${queue.rate.period.replace('PT', '').toLowerCase()}`);
  }
  if (queue.groups) {
    some.push('per group');
  }
  return some.join(', ') || '–';
}

/** @param {{queue: any, live: import('../lib/live.js').Live<any>}} props */
export function PauseButton({ queue, live }) {
  if (!mayOperate(queue.queue)) {
    return null;
  }
  const act = async () => {
    await call('POST', path('queues', queue.queue, queue.paused ? 'resume' : 'pause'));
    await live.reload();
  };
  return html`<${Action} label=${queue.paused ? 'Resume' : 'Pause'} title=${`${queue.paused ? 'Resume' : 'Pause'} queue ${queue.queue}`} act=${act} />`;
}
