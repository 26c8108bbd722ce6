// Everything that runs jobs: instances and remote workers, what each runs now, and how instances stand with Redis.

import { call, get, path, query } from '../lib/api.js';
import { observe } from '../lib/clock.js';
import { count } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { place } from '../lib/router.js';
import { mayOperateAll } from '../lib/session.js';
import { Confirmed } from '../ui/dialog.js';
import { Connections, Recoveries } from '../ui/health.js';
import { Action, JobLink, Pages, Table, Time, Trouble } from '../ui/parts.js';

const NAMES = 6;

export function Workers() {
  const { cursor } = place.value.query;
  const live = useLive(
    `workers ${cursor}`,
    async (signal) => {
      const page = await get(`workers${query({ cursor })}`, signal);
      page.workers.forEach((/** @type {any} */ worker) => observe(worker.seen));
      return page;
    },
    3000,
  );
  useChanges({}, [live], (change) => change.name === 'running' || change.name === 'succeeded');
  const data = live.data.value;
  const instances = data ? data.workers.filter((/** @type {any} */ worker) => worker.kind === 'instance') : [];
  return html`<h1>Workers</h1>
    <${Trouble} live=${live} />
    ${data && (data.workers.length === 0 ? html`<p>${data.next ? 'None on this page.' : 'No worker has been seen lately, so no jobs run.'}</p>` : html`<${Rows} workers=${data.workers} live=${live} />`)}
    <${Pages} next=${data?.next} cursor=${cursor} />
    ${instances.length > 0 && html`<${Connections} instances=${instances} /><${Recoveries} instances=${instances} />`}`;
}

/** @param {{workers: any[], live: import('../lib/live.js').Live<any>}} props */
function Rows({ workers, live }) {
  return html`<${Table} label="Workers">
    <thead><tr><th>Worker</th><th>Kind</th><th>Last seen</th><th>Listed since</th><th class="number">Running</th><th>Runs now</th><th>Queues</th><th>Handlers</th><th><span class="unseen">Actions</span></th></tr></thead>
    <tbody>
      ${workers.map(
        (worker) => html`<tr key=${`${worker.kind} ${worker.name}`}>
          <td><bdi>${worker.name}</bdi>${worker.version && html` <span class="none"><bdi>${worker.version}</bdi></span>`}
            ${worker.drain && html` <span class="tag warn">drained, ends <${Time} at=${worker.drain.until} /></span>`}</td>
          <td>${worker.kind}</td>
          <td><${Time} at=${worker.seen} /></td>
          <td><${Time} at=${worker.since} /></td>
          <td class="number">${count(worker.running)}${worker.concurrency ? ` of ${count(worker.concurrency)}` : ''}</td>
          <td><${Jobs} jobs=${worker.jobs} /></td>
          <td><${Names} names=${worker.queues} /></td>
          <td><${Names} names=${worker.handlers} /></td>
          <td><${Drain} worker=${worker} live=${live} /></td>
        </tr>`,
      )}
    </tbody>
  <//>`;
}

/** @param {{jobs: any[]}} props */
function Jobs({ jobs }) {
  if (jobs.length === 0) {
    return html`<span class="none">–</span>`;
  }
  return html`<ul class="plain">
    ${jobs.slice(0, NAMES).map(
      (job) => html`<li key=${`${job.queue} ${job.id}`}><${JobLink} queue=${job.queue} id=${job.id} /> <bdi>${job.handler}</bdi>, <${Time} at=${job.startedAt} /></li>`,
    )}
    ${jobs.length > NAMES && html`<li>and more</li>`}
  </ul>`;
}

/** @param {{names: string[]}} props */
function Names({ names }) {
  if (names.length === 1 && names[0] === '*') {
    return 'all';
  }
  const rest = names.length - NAMES;
  return html`<bdi title=${names.join(', ')}>${names.slice(0, NAMES).join(', ') || '–'}${rest > 0 ? ` and ${count(rest)} more` : ''}</bdi>`;
}

/** @param {{worker: any, live: import('../lib/live.js').Live<any>}} props */
function Drain({ worker, live }) {
  if (!mayOperateAll()) {
    return null;
  }
  const act = (/** @type {string} */ method) => async () => {
    await call(method, path('workers', worker.name, 'drain'));
    await live.reload();
  };
  return worker.drain
    ? html`<${Action} label="End drain" title=${`End the drain of ${worker.name}`} act=${act('DELETE')} />`
    : html`<${Confirmed} label="Drain" act=${act('POST')}
        question=${html`<p><strong><bdi>${worker.name}</bdi></strong> takes no new jobs for an hour, or until the drain is ended. Running jobs go on.</p>`} />`;
}
