// One queue: why its jobs wait, its figures, its limits, and its jobs by state.

import { useRef } from 'preact/hooks';
import { call, get, path, Problem, query } from '../lib/api.js';
import { count, duration, isoDuration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { here, link, place } from '../lib/router.js';
import { mayOperate } from '../lib/session.js';
import { BulkActions } from '../ui/bulk.js';
import { ActiveFilters, FilterForm, FILTERS, filters } from '../ui/filters.js';
import { History } from '../ui/history.js';
import { JobTable } from '../ui/job-table.js';
import { Limits } from '../ui/limits.js';
import { Action, Facts, Pages, Trouble } from '../ui/parts.js';
import { DeleteQueue, PauseHandler } from '../ui/queue-actions.js';
import { explain, isLate, Reason } from '../ui/stuck.js';
import { JobForm } from './lookup.js';
import { PauseButton } from './queues.js';

const POLICY_MS = 30_000;
const STATES = ['ready', 'running', 'scheduled', 'blocked', 'dead', 'succeeded', 'cancelled'];

/** @param {{queue: string}} props */
export function Queue({ queue }) {
  const { state = 'ready', cursor } = place.value.query;
  const asked = query({ ...filters(), state, cursor, limit: 50 });
  const scaling = useRef(/** @type {any} */ (null));
  const figures = useLive(queue, (signal) => load(queue, scaling, signal));
  const jobs = useLive(`${queue} ${asked}`, (signal) => get(`${path('queues', queue, 'jobs')}${asked}`, signal));
  const policy = useLive(`${queue} policy`, (signal) => readPolicy(queue, signal), POLICY_MS);
  useChanges({ queue }, [figures, jobs]);
  const data = figures.data.value;
  const page = jobs.data.value;
  const changed = () => Promise.all([figures.reload(), jobs.reload()]);
  return html`<p class="trail"><a href=${link(['queues'])}>Queues</a></p>
    <h1><bdi>${queue}</bdi>${data?.paused && html` <span class="tag warn">paused</span>`}</h1>
    <${Trouble} live=${figures} />
    ${data?.exists === false && html`<p class="warning">There is no queue of this name. It appears with its first job; limits and pauses that are set before apply to it.</p>`}
    ${data?.stuck && html`<section class="why trouble" aria-label="Why jobs wait"><p><strong>Jobs wait</strong>: <${Reason} stuck=${data.stuck} /></p></section>`}
    ${data && html`<${Figures} queue=${data} policy=${policy.data.value} figures=${figures} />`}
    <nav class="tabs" aria-label="Jobs by state">
      ${STATES.map(
        (each) => html`<a key=${each} href=${here({ state: each, cursor: undefined })} aria-current=${each === state ? 'page' : undefined}>${each} <span class="number">${data ? count(data.counts[each] ?? 0) : ''}</span></a>`,
      )}
    </nav>
    <details class="filters" open=${Object.keys(filters()).length > 0}><summary>Filters</summary><${FilterForm} fields=${FILTERS} label="Filter jobs" submit="Filter" /></details>
    <${ActiveFilters} />
    ${mayOperate(queue) && html`<${BulkActions} key=${asked} queue=${queue} state=${state} changed=${changed} />`}
    <${Trouble} live=${jobs} />
    ${page && (page.jobs.length === 0 ? html`<p>${none(state, page.next)}</p>` : html`<${JobTable} queue=${queue} state=${state} jobs=${page.jobs} />`)}
    <${Pages} next=${page?.next} cursor=${cursor} />
    <${JobForm} queue=${queue} />
    <${History} of=${{ queue }} />`;
}

/**
 * The figures of a queue, why it is late if it is, and whether it exists if it has nothing.
 * @param {string} queue @param {{current: any}} scaling what is late, read when the first job is due @param {AbortSignal} signal
 */
async function load(queue, scaling, signal) {
  const figures = await get(path('queues', queue), signal);
  if (figures.oldestDueSeconds > 0) {
    scaling.current ??= await get('scaling', signal);
    return { ...figures, stuck: isLate(figures, scaling.current) ? await explain(figures, signal) : undefined };
  }
  return Object.values(figures.counts).some((number) => number > 0) ? figures : { ...figures, exists: await exists(queue, signal) };
}

/** Any name has figures, so an empty queue is looked for in the list; undefined if that cannot tell. @param {string} queue @param {AbortSignal} signal */
async function exists(queue, signal) {
  const { queues, next, incomplete } = await get(`queues${query({ prefix: queue, limit: 1 })}`, signal);
  // The first name that begins with this one is this one, if it is there.
  return queues.length > 0 ? queues[0].queue === queue : next || incomplete ? undefined : false;
}

/** @param {string} state @param {string} [next] */
function none(state, next) {
  if (next) {
    return 'No match so far; see the next page.';
  }
  return Object.keys(filters()).length > 0 ? `No job of this queue that is ${state} matches.` : `No job of this queue is ${state}.`;
}

/** Most queues have none. @param {string} queue @param {AbortSignal} signal */
async function readPolicy(queue, signal) {
  try {
    return await get(path('queues', queue, 'policy'), signal);
  } catch (error) {
    if (error instanceof Problem && error.slug === 'policy-not-found') {
      return null;
    }
    throw error;
  }
}

/** @param {{queue: any, policy: any, figures: import('../lib/live.js').Live<any>}} props */
function Figures({ queue, policy, figures }) {
  const operates = mayOperate(queue.queue);
  const resume = (/** @type {string} */ handler) => async () => {
    await call('POST', path('queues', queue.queue, 'handlers', handler, 'resume'));
    await figures.reload();
  };
  return html`<${Facts} entries=${[
      ['Oldest due', queue.oldestDueSeconds === undefined ? 'none is due' : duration(queue.oldestDueSeconds * 1000)],
      ['Max waiting', count(queue.maxWaiting)],
      ['Concurrency limit', queue.concurrency && count(queue.concurrency)],
      ['Rate limit', queue.rate && `${count(queue.rate.count)} per ${isoDuration(queue.rate.period)}`],
      ['Concurrency per group', queue.groups?.concurrency && count(queue.groups.concurrency)],
      ['Rate per group', queue.groups?.rate && `${count(queue.groups.rate.count)} per ${isoDuration(queue.groups.rate.period)}`],
      ['Partitions', policy?.partitions > 1 && count(policy.partitions)],
      ['Partitions change', policy && policy.state !== 'settled' && `${policy.state}, from ${count(policy.previousPartitions ?? 1)}`],
      ['Critical', policy?.critical],
      ['Ids forgotten early', queue.forgottenIds && count(queue.forgottenIds)],
      [
        'Paused handlers',
        queue.pausedHandlers?.map(
          (/** @type {string} */ handler) => html`<span key=${handler} class="item"><bdi>${handler}</bdi> ${operates && html`<${Action} label="Resume" title=${`Resume ${handler}`} act=${resume(handler)} />`}</span>`,
        ),
      ],
    ]} />
    <div class="actions"><${PauseButton} queue=${queue} live=${figures} />${operates &&
    html`<${Limits} queue=${queue} live=${figures} /><${PauseHandler} queue=${queue} live=${figures} /><${DeleteQueue} queue=${queue} />`}</div>`;
}
