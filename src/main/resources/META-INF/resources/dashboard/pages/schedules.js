// Jobs that recur: the list, and one with its next runs.

import { call, callText, get, path, query } from '../lib/api.js';
import { field, parse } from '../lib/exact-json.js';
import { exactTime } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useLive } from '../lib/live.js';
import { go, link, place } from '../lib/router.js';
import { hasRole, mayOperate, seesPayloads } from '../lib/session.js';
import { Confirmed } from '../ui/dialog.js';
import { Action, Facts, JobLink, Pages, QueueLink, Table, Time, Trouble } from '../ui/parts.js';
import { ScheduleForm } from '../ui/schedule-form.js';
import { Tree } from '../ui/tree.js';

const MISFIRE = { skip: 'not run', once: 'the latest is run', all: 'all are run' };
const GAP = { shift: 'runs when the gap ends', skip: 'does not run' };
const OVERLAP = { first: 'runs the first time', both: 'runs both times' };

/** @param {{name?: string}} props */
export function Schedules({ name }) {
  return name === undefined ? html`<${List} />` : html`<${One} name=${name} />`;
}

function List() {
  const { cursor } = place.value.query;
  const live = useLive(`schedules ${cursor}`, (signal) => get(`schedules${query({ cursor })}`, signal));
  const data = live.data.value;
  return html`<h1>Schedules</h1>
    ${hasRole('operator') && html`<div class="actions"><${ScheduleForm} label="New schedule" /></div>`}
    <${Trouble} live=${live} />
    ${data && (data.schedules.length === 0 ? html`<p>No schedules.</p>` : html`<${Rows} schedules=${data.schedules} live=${live} />`)}
    <${Pages} next=${data?.next} cursor=${cursor} />`;
}

/** @param {{schedules: any[], live: import('../lib/live.js').Live<any>}} props */
function Rows({ schedules, live }) {
  return html`<${Table} label="Schedules">
    <thead><tr><th>Schedule</th><th>Cron</th><th>Time zone</th><th>Queue</th><th>Handler</th><th>Next run</th><th>Last run</th><th><span class="unseen">Actions</span></th></tr></thead>
    <tbody>
      ${schedules.map(
        (schedule) => html`<tr key=${schedule.name}>
          <td><a href=${link(['schedules', schedule.name])}><bdi>${schedule.name}</bdi></a>${schedule.paused && html` <span class="tag warn">paused</span>`}</td>
          <td><code>${schedule.cron}</code></td>
          <td>${schedule.timeZone}</td>
          <td><${QueueLink} queue=${schedule.queue} /></td>
          <td><bdi>${schedule.job.handler}</bdi></td>
          <td><${Time} at=${schedule.next} /></td>
          <td>${schedule.last ? html`<${JobLink} queue=${schedule.queue} id=${schedule.last.job} label=${html`<${Time} at=${schedule.last.at} />`} />` : '–'}</td>
          <td><${PauseSchedule} schedule=${schedule} live=${live} /></td>
        </tr>`,
      )}
    </tbody>
  <//>`;
}

/** @param {{schedule: any, live: import('../lib/live.js').Live<any>}} props */
function PauseSchedule({ schedule, live }) {
  if (!mayOperate(schedule.queue)) {
    return null;
  }
  const act = async () => {
    await call('POST', path('schedules', schedule.name, schedule.paused ? 'resume' : 'pause'));
    await live.reload();
  };
  return html`<${Action} label=${schedule.paused ? 'Resume' : 'Pause'} title=${`${schedule.paused ? 'Resume' : 'Pause'} schedule ${schedule.name}`} act=${act} />`;
}

/** @param {{name: string}} props */
function One({ name }) {
  const where = path('schedules', name);
  const live = useLive(name, async (signal) => {
    const [text, { runs }] = await Promise.all([callText('GET', where, { signal }), get(`${where}/preview${query({ count: 10 })}`, signal)]);
    const job = field(parse(text), 'job');
    return { schedule: JSON.parse(text), runs, job };
  });
  const data = live.data.value;
  return html`<p class="trail"><a href=${link(['schedules'])}>Schedules</a></p>
    <h1><bdi>${name}</bdi>${data?.schedule.paused && html` <span class="tag warn">paused</span>`}</h1>
    <${Trouble} live=${live} />
    ${data && html`<${Whole} schedule=${data.schedule} runs=${data.runs} job=${data.job} live=${live} />`}`;
}

/** @param {{schedule: any, runs: string[], job: any, live: import('../lib/live.js').Live<any>}} props */
function Whole({ schedule, runs, job, live }) {
  const payload = job && (field(job, 'payload') ?? field(job, 'http'));
  const operates = mayOperate(schedule.queue);
  const trigger = async () => {
    const job = await call('POST', path('schedules', schedule.name, 'trigger'));
    go(link(['queues', schedule.queue, 'jobs', job.id]));
  };
  const remove = async () => {
    await call('DELETE', path('schedules', schedule.name));
    go(link(['schedules']));
  };
  return html`<${Facts} entries=${[
      ['Cron', html`<code>${schedule.cron}</code>`],
      ['Time zone', schedule.timeZone],
      ['Queue', html`<${QueueLink} queue=${schedule.queue} />`],
      ['Handler', html`<bdi>${schedule.job.handler}</bdi>`],
      ['Missed runs', MISFIRE[/** @type {keyof typeof MISFIRE} */ (schedule.misfire)]],
      ['Local time skipped by DST', GAP[/** @type {keyof typeof GAP} */ (schedule.gap)]],
      ['Local time repeated by DST', OVERLAP[/** @type {keyof typeof OVERLAP} */ (schedule.overlap)]],
      ['Last run', schedule.last && html`<${JobLink} queue=${schedule.queue} id=${schedule.last.job} label=${html`<${Time} at=${schedule.last.at} />`} />`],
      ['Changed', html`<${Time} at=${schedule.updatedAt} />`],
    ]} />
    ${operates &&
    html`<div class="actions">
      <${Confirmed} label="Run now" act=${trigger} question=${html`<p>Enqueues a job of this schedule now, in addition to its runs.</p>`} />
      <${PauseSchedule} schedule=${schedule} live=${live} />
      ${seesPayloads() && html`<${ScheduleForm} label="Edit" schedule=${schedule} job=${job} saved=${() => live.reload()} />`}
      <${Confirmed} label="Delete" danger typed=${schedule.name} act=${remove} question=${html`<p>The schedule enqueues no more jobs. Its existing jobs stay.</p>`} />
    </div>`}
    <h2>Next runs</h2>
    ${schedule.paused && html`<p class="warning">The schedule is paused: none of these runs happens until it is resumed.</p>`}
    <ol class="runs">${runs.map((run) => html`<li key=${run}><${Time} at=${run} /> <span class="exact">${exactTime(run)}</span></li>`)}</ol>
    ${payload && html`<h2>Payload</h2><${Tree} value=${payload} label="Payload" />`}`;
}
