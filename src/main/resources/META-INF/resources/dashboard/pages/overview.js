// A glance: is it running, what is stuck, and why.

import { call, get, path } from '../lib/api.js';
import { observe } from '../lib/clock.js';
import { seconds } from '../lib/durations.js';
import { atMost, count, counted, duration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { allOf } from '../lib/pages.js';
import { link } from '../lib/router.js';
import { mayOperateAll } from '../lib/session.js';
import { pace } from '../lib/stats.js';
import { Health, LatestRecovery, obstacles } from '../ui/health.js';
import { Failures, History } from '../ui/history.js';
import { Action, QueueLink, Table, Time, Trouble } from '../ui/parts.js';
import { explain, isLate, Reason } from '../ui/stuck.js';
import { PauseButton } from './queues.js';

const MOST_EXPLAINED = 5;
const MOST_SHOWN = 10;
const PACE_EVERY_MS = 10_000;

/** @typedef {import('../lib/stats.js').Pace} Pace */
/** @typedef {import('../ui/stuck.js').Stuck} Stuck */

/** @param {AbortSignal} signal */
async function load(signal) {
  const [scaling, workers, handlers, queues] = await Promise.all([get('scaling', signal), allOf('workers', signal), allOf('handlers', signal), allOf('queues', signal)]);
  workers.entries.forEach((worker) => observe(worker.seen));
  const late = queues.entries
    .filter((queue) => isLate(queue, scaling))
    .sort((one, other) => other.oldestDueSeconds - one.oldestDueSeconds);
  const stuck = await Promise.all(late.slice(0, MOST_EXPLAINED).map((queue) => explain(queue, signal)));
  return {
    scaling,
    workers: workers.entries,
    held: handlers.entries.filter((handler) => handler.held),
    queues: queues.entries,
    more: queues.more,
    incomplete: queues.incomplete,
    stuck,
    late: late.slice(MOST_EXPLAINED),
  };
}

export function Overview() {
  const live = useLive('overview', load);
  const rates = useLive('pace', pace, PACE_EVERY_MS);
  useChanges({}, [live]);
  const data = live.data.value;
  return html`<h1>Overview</h1>
    <${Trouble} live=${live} />
    ${data &&
    html`<${Figures} data=${data} pace=${rates.data.value} /><${StuckList} data=${data} live=${live} /><${Failures} /><${Busiest} data=${data} pace=${rates.data.value} /><${History} /><${Instances} workers=${data.workers} />`}`;
}

/** @param {{data: any, pace?: Pace}} props */
function Figures({ data, pace }) {
  const sum = (/** @type {string} */ state) => data.queues.reduce((/** @type {number} */ all, /** @type {any} */ queue) => all + queue.counts[state], 0);
  const rate = (/** @type {'enqueued' | 'finished' | 'failed'} */ name) => (pace ? perMinute(pace.all[name]) : '–');
  const figures = [
    ['ready', count(sum('ready'))],
    ['running', count(sum('running'))],
    ['scheduled', count(sum('scheduled'))],
    ['dead', sum('dead') > 0 ? html`<a href=${link(['failures'])}>${count(sum('dead'))}</a>` : '0'],
    ['enqueued per minute', rate('enqueued')],
    ['finished per minute', rate('finished')],
    ['attempts failed per minute', rate('failed')],
    ['start delay, p95', pace?.all.startDelay === undefined ? '–' : atMost(pace.all.startDelay)],
    ['workers', count(data.workers.length)],
  ];
  return html`<dl class="figures">
      ${figures.map(([name, value]) => html`<div key=${name} class=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>
    ${data.more && html`<p class="hint">Of the first ${counted(data.queues.length, 'queue')} by name.</p>`}
    ${data.incomplete && html`<p class="warning">A part of Redis does not answer; its queues are missing here.</p>`}`;
}

/** @param {number} rate */
function perMinute(rate) {
  return rate > 0 && rate < 10 ? rate.toFixed(1) : count(Math.round(rate));
}

/** Why no jobs run at all, if that is so. @param {any[]} workers */
function nobodyRuns(workers) {
  if (workers.length === 0) {
    return 'No worker has been seen lately.';
  }
  return workers.every((worker) => worker.drain) ? 'All workers are drained.' : undefined;
}

/** @param {any} data */
function allIsWell(data) {
  const whole = !data.more && !data.incomplete;
  return `Nothing is stuck${whole ? '' : ' in the queues that are listed'}: no due job has waited for more than ${duration(seconds(data.scaling.startDelay) * 1000)}.`;
}

/** @param {{data: any, live: import('../lib/live.js').Live<any>}} props */
function StuckList({ data, live }) {
  const resume = (/** @type {string} */ handler) => async () => {
    await call('POST', path('handlers', handler, 'resume'));
    await live.reload();
  };
  const nobody = nobodyRuns(data.workers);
  const ill = data.workers.filter((/** @type {any} */ worker) => worker.health && obstacles(worker.health).length > 0);
  if (!nobody && ill.length === 0 && data.stuck.length === 0 && data.held.length === 0) {
    return html`<p class="good" role="status">${allIsWell(data)}</p>`;
  }
  return html`<section class="stuck" aria-label="What is stuck">
    <h2>What is stuck</h2>
    <ul>
      ${nobody && html`<li><strong>No jobs run.</strong> ${nobody} <a href=${link(['workers'])}>Workers</a></li>`}
      ${ill.slice(0, MOST_EXPLAINED).map(
        (/** @type {any} */ worker) => html`<li key=${`instance ${worker.name}`}>
          <strong>Instance <a href=${link(['workers'])}><bdi>${worker.name}</bdi></a></strong>: ${obstacles(worker.health).join('; ')}.
        </li>`,
      )}
      ${ill.length > MOST_EXPLAINED && html`<li>And ${counted(ill.length - MOST_EXPLAINED, 'other instance')}.</li>`}
      ${data.held.map(
        (/** @type {any} */ handler) => html`<li key=${`held ${handler.name}`}>
          <strong>Handler <a href=${link(['handlers', handler.name])}><bdi>${handler.name}</bdi></a></strong> was held everywhere${' '}
          <${Time} at=${handler.held.since} />${handler.held.reason === 'failures' ? `: ${counted(handler.held.failed ?? 0, 'attempt')} failed and none succeeded.` : ', by hand.'}${' '}
          ${mayOperateAll() && html`<${Action} label="Resume" title=${`Resume handler ${handler.name}`} act=${resume(handler.name)} />`}
        </li>`,
      )}
      ${data.stuck.map(
        (/** @type {Stuck} */ each) => html`<li key=${each.queue.queue}>
          <strong>Queue <${QueueLink} queue=${each.queue.queue} /></strong>: <${Reason} stuck=${each} />
          ${each.queue.paused && html` <${PauseButton} queue=${each.queue} live=${live} />`}
        </li>`,
      )}
      ${data.late.length > 0 && html`<li>And ${counted(data.late.length, 'other queue')}.</li>`}
    </ul>
  </section>`;
}

/** @param {{data: any, pace?: Pace}} props */
function Busiest({ data, pace }) {
  const finished = (/** @type {any} */ queue) => pace?.queues.get(queue.queue)?.finished ?? 0;
  const weight = (/** @type {any} */ queue) => queue.counts.running + queue.counts.ready + finished(queue);
  const busiest = [...data.queues].sort((one, other) => weight(other) - weight(one)).slice(0, MOST_SHOWN);
  if (busiest.length === 0) {
    return html`<p>There are no queues yet. A queue appears with its first job.</p>`;
  }
  return html`<h2>Busiest queues</h2>
    <${Table} label="Busiest queues">
      <thead><tr><th>Queue</th><th class="number">Ready</th><th class="number">Running</th><th class="number">Finished per minute</th>
        <th class="number">Run time, p50</th><th class="number">Scheduled</th><th class="number">Dead</th><th>Oldest due</th></tr></thead>
      <tbody>
        ${busiest.map((queue) => {
          const at = pace?.queues.get(queue.queue);
          return html`<tr key=${queue.queue}>
            <td><${QueueLink} queue=${queue.queue} />${queue.paused && html` <span class="tag warn">paused</span>`}</td>
            <td class="number">${count(queue.counts.ready)}</td>
            <td class="number">${count(queue.counts.running)}</td>
            <td class="number">${at ? perMinute(at.finished) : '–'}</td>
            <td class="number">${at?.run === undefined ? '–' : atMost(at.run)}</td>
            <td class="number">${count(queue.counts.scheduled)}</td>
            <td class="number">${queue.counts.dead > 0 ? html`<a href=${link(['queues', queue.queue], { state: 'dead' })}>${count(queue.counts.dead)}</a>` : '0'}</td>
            <td>${queue.oldestDueSeconds === undefined ? '–' : duration(queue.oldestDueSeconds * 1000)}</td>
          </tr>`;
        })}
      </tbody>
    <//>`;
}

/** @param {{worker: any}} props */
function TakesJobs({ worker }) {
  if (worker.drain) {
    return html`<span class="tag warn">drained</span>`;
  }
  return worker.health && obstacles(worker.health).length > 0 ? html`<span class="tag warn">no</span>` : html`<span class="tag good">yes</span>`;
}

/** @param {{workers: any[]}} props */
function Instances({ workers }) {
  const instances = workers.filter((worker) => worker.kind === 'instance');
  const remote = workers.length - instances.length;
  return html`<h2>Instances</h2>
    ${instances.length > 0 &&
    html`<${Table} label="Instances">
      <thead><tr><th>Instance</th><th>Last seen</th><th class="number">Running</th><th>Takes jobs</th><th>Health</th><th>Latest recovery</th><th>Listed since</th></tr></thead>
      <tbody>
        ${instances.map(
          (worker) => html`<tr key=${worker.name}>
            <td><a href=${link(['workers'])}><bdi>${worker.name}</bdi></a></td>
            <td><${Time} at=${worker.seen} /></td>
            <td class="number">${count(worker.running)}${worker.concurrency ? ` of ${count(worker.concurrency)}` : ''}</td>
            <td><${TakesJobs} worker=${worker} /></td>
            <td><${Health} health=${worker.health} /></td>
            <td><${LatestRecovery} recoveries=${worker.recoveries} /></td>
            <td><${Time} at=${worker.since} /></td>
          </tr>`,
        )}
      </tbody>
    <//>`}
    <p class="hint">${counted(remote, 'remote worker')}. Instances report every few seconds, and are listed until 15 seconds after their last report.</p>`;
}
