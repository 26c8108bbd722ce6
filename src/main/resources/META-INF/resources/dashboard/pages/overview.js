// A glance: is it running, what is stuck, and why.

import { call, get, path, query } from '../lib/api.js';
import { observe } from '../lib/clock.js';
import { seconds } from '../lib/durations.js';
import { count, counted, duration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { link } from '../lib/router.js';
import { mayOperateAll } from '../lib/session.js';
import { Health, LatestRecovery } from '../ui/health.js';
import { Failures, History } from '../ui/history.js';
import { Action, QueueLink, Table, Text, Time, Trouble } from '../ui/parts.js';
import { PauseButton } from './queues.js';

/** Queues that are looked at, in pages of 200: with more of them the page would keep Redis busy. */
const MOST_PAGES = 5;
const MOST_EXPLAINED = 5;
const MOST_SHOWN = 10;

/** @typedef {{queue: any, what: string, detail?: string, job?: string}} Stuck */

/** @param {AbortSignal} signal */
async function load(signal) {
  const [scaling, workers, handlers, { queues, more, incomplete }] = await Promise.all([
    get('scaling', signal),
    get(`workers${query({ limit: 200 })}`, signal),
    get(`handlers${query({ limit: 200 })}`, signal),
    listQueues(signal),
  ]);
  workers.workers.forEach((/** @type {any} */ worker) => observe(worker.seen));
  const held = handlers.handlers.filter((/** @type {any} */ handler) => handler.held);
  const late = queues
    .filter((queue) => (queue.oldestDueSeconds ?? 0) > seconds(scaling.startDelay))
    .sort((one, other) => other.oldestDueSeconds - one.oldestDueSeconds);
  const stuck = await Promise.all(late.slice(0, MOST_EXPLAINED).map((queue) => explain(queue, signal)));
  return { scaling, workers: workers.workers, held, queues, more, incomplete, stuck, late: late.slice(MOST_EXPLAINED) };
}

/** @param {AbortSignal} signal */
async function listQueues(signal) {
  /** @type {any[]} */
  const queues = [];
  let cursor;
  let incomplete = false;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await get(`queues${query({ limit: 200, cursor })}`, signal);
    queues.push(...answer.queues);
    incomplete ||= answer.incomplete === true;
    cursor = answer.next;
    if (cursor === undefined) {
      break;
    }
  }
  return { queues, more: cursor !== undefined, incomplete };
}

/** Asks what holds the next job of the queue. @param {any} queue @param {AbortSignal} signal @returns {Promise<Stuck>} */
async function explain(queue, signal) {
  const what = `its oldest due job has waited for ${duration(queue.oldestDueSeconds * 1000)}`;
  try {
    const state = queue.counts.ready > 0 ? 'ready' : 'scheduled';
    const { jobs } = await get(`${path('queues', queue.queue, 'jobs')}${query({ state, limit: 1 })}`, signal);
    if (jobs.length === 0) {
      return { queue, what };
    }
    const why = await get(path('queues', queue.queue, 'jobs', jobs[0].id, 'explain'), signal);
    observe(why.at);
    return { queue, what, detail: why.detail, job: jobs[0].id };
  } catch {
    // It ran meanwhile, say; that the queue is late is known all the same.
    return { queue, what };
  }
}

export function Overview() {
  const live = useLive('overview', load);
  useChanges({}, [live]);
  const data = live.data.value;
  return html`<h1>Overview</h1>
    <${Trouble} live=${live} />
    ${data && html`<${Figures} data=${data} /><${StuckList} data=${data} live=${live} /><${Failures} /><${Busiest} data=${data} /><${History} /><${Instances} workers=${data.workers} />`}`;
}

/** @param {{data: any}} props */
function Figures({ data }) {
  const sum = (/** @type {string} */ state) => data.queues.reduce((/** @type {number} */ all, /** @type {any} */ queue) => all + queue.counts[state], 0);
  const perSecond = data.scaling.queues.reduce((/** @type {number} */ all, /** @type {any} */ queue) => all + queue.endedPerSecond, 0);
  const figures = [
    ['ready', count(sum('ready'))],
    ['running', count(sum('running'))],
    ['scheduled', count(sum('scheduled'))],
    ['dead', count(sum('dead'))],
    ['finished per second', perSecond < 10 ? perSecond.toFixed(1) : count(Math.round(perSecond))],
    ['workers', count(data.workers.length)],
  ];
  return html`<dl class="figures">
      ${figures.map(([name, value]) => html`<div key=${name} class=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
    ${data.more && html`<p class="hint">Of the first ${counted(data.queues.length, 'queue')} by name.</p>`}
    ${data.incomplete && html`<p class="warning">A part of Redis does not answer; its queues are missing here.</p>`}`;
}

/** @param {{data: any, live: import('../lib/live.js').Live<any>}} props */
function StuckList({ data, live }) {
  const resume = (/** @type {string} */ handler) => async () => {
    await call('POST', path('handlers', handler, 'resume'));
    await live.reload();
  };
  const nobody = data.workers.length === 0;
  if (!nobody && data.stuck.length === 0 && data.held.length === 0) {
    return html`<p class="good" role="status">Nothing is stuck: no due job has waited for more than ${duration(seconds(data.scaling.startDelay) * 1000)}.</p>`;
  }
  return html`<section class="stuck" aria-label="What is stuck">
    <h2>What is stuck</h2>
    <ul>
      ${nobody && html`<li><strong>No jobs run.</strong> No worker has been seen lately.</li>`}
      ${data.held.map(
        (/** @type {any} */ handler) => html`<li key=${`held ${handler.name}`}>
          <strong>Handler <a href=${link(['handlers', handler.name])}><bdi>${handler.name}</bdi></a></strong> was held everywhere${' '}
          <${Time} at=${handler.held.since} />${handler.held.reason === 'failures' ? `: ${counted(handler.held.failed ?? 0, 'attempt')} failed and none succeeded.` : ', by hand.'}${' '}
          ${mayOperateAll() && html`<${Action} label="Resume" title=${`Resume handler ${handler.name}`} act=${resume(handler.name)} />`}
        </li>`,
      )}
      ${data.stuck.map(
        (/** @type {Stuck} */ each) => html`<li key=${each.queue.queue}>
          <strong>Queue <${QueueLink} queue=${each.queue.queue} /></strong>: ${each.what}.
          ${each.detail && html` <${Text} text=${each.detail} />`}
          ${each.job && html` <a href=${link(['queues', each.queue.queue, 'jobs', each.job])}>Look at its next job</a>`}
          ${each.queue.paused && html` <${PauseButton} queue=${each.queue} live=${live} />`}
        </li>`,
      )}
      ${data.late.length > 0 && html`<li>And ${counted(data.late.length, 'other queue')}.</li>`}
    </ul>
  </section>`;
}

/** @param {{data: any}} props */
function Busiest({ data }) {
  const pace = new Map(data.scaling.queues.map((/** @type {any} */ queue) => [queue.queue, queue]));
  const weight = (/** @type {any} */ queue) => queue.counts.running + queue.counts.ready + (pace.get(queue.queue)?.endedPerSecond ?? 0);
  const busiest = [...data.queues].sort((one, other) => weight(other) - weight(one)).slice(0, MOST_SHOWN);
  if (busiest.length === 0) {
    return html`<p>There are no queues yet. A queue appears with its first job.</p>`;
  }
  return html`<h2>Busiest queues</h2>
    <${Table} label="Busiest queues">
      <thead><tr><th>Queue</th><th class="number">Ready</th><th class="number">Running</th><th class="number">Per second</th>
        <th class="number">Mean run time</th><th class="number">Scheduled</th><th class="number">Dead</th><th>Oldest due</th></tr></thead>
      <tbody>
        ${busiest.map((queue) => {
          const at = pace.get(queue.queue);
          return html`<tr key=${queue.queue}>
            <td><${QueueLink} queue=${queue.queue} />${queue.paused && html` <span class="tag warn">paused</span>`}</td>
            <td class="number">${count(queue.counts.ready)}</td>
            <td class="number">${count(queue.counts.running)}</td>
            <td class="number">${at ? at.endedPerSecond.toFixed(1) : '–'}</td>
            <td class="number">${at?.meanRunSeconds === undefined ? '–' : duration(at.meanRunSeconds * 1000)}</td>
            <td class="number">${count(queue.counts.scheduled)}</td>
            <td class="number">${queue.counts.dead > 0 ? html`<a href=${link(['queues', queue.queue], { state: 'dead' })}>${count(queue.counts.dead)}</a>` : '0'}</td>
            <td>${queue.oldestDueSeconds === undefined ? '–' : duration(queue.oldestDueSeconds * 1000)}</td>
          </tr>`;
        })}
      </tbody>
    <//>`;
}

/** @param {{workers: any[]}} props */
function Instances({ workers }) {
  const instances = workers.filter((worker) => worker.kind === 'instance');
  const remote = workers.length - instances.length;
  return html`<h2>Instances</h2>
    ${instances.length > 0 &&
    html`<${Table} label="Instances">
      <thead><tr><th>Instance</th><th>Last seen</th><th class="number">Running</th><th>Takes jobs</th><th>Health</th><th>Latest recovery</th><th>Up since</th></tr></thead>
      <tbody>
        ${instances.map(
          (worker) => html`<tr key=${worker.name}>
            <td><a href=${link(['workers'])}><bdi>${worker.name}</bdi></a></td>
            <td><${Time} at=${worker.seen} /></td>
            <td class="number">${count(worker.running)}${worker.concurrency ? ` of ${count(worker.concurrency)}` : ''}</td>
            <td>${worker.drain ? html`<span class="tag warn">drained</span>` : html`<span class="tag good">yes</span>`}</td>
            <td><${Health} health=${worker.health} /></td>
            <td><${LatestRecovery} recoveries=${worker.recoveries} /></td>
            <td><${Time} at=${worker.since} /></td>
          </tr>`,
        )}
      </tbody>
    <//>`}
    <p class="hint">${counted(remote, 'remote worker')}. Instances report every few seconds, and are listed until 15 seconds after their last report.</p>`;
}
