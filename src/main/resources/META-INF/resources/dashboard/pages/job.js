// One job: what it is, why it does not run, what became of each attempt, and what can be done.

import { call, callText, get, path } from '../lib/api.js';
import { observe } from '../lib/clock.js';
import { field, parse } from '../lib/exact-json.js';
import { count, exactTime, isoDuration, size } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { link } from '../lib/router.js';
import { hasRole, mayOperate, seesPayloads } from '../lib/session.js';
import { Confirmed } from '../ui/dialog.js';
import { Attempts, Children, Log, Parents } from '../ui/job-parts.js';
import { Progress } from '../ui/job-table.js';
import { Action, Facts, State, Text, Time, Trouble } from '../ui/parts.js';
import { Reschedule } from '../ui/reschedule.js';
import { Tree } from '../ui/tree.js';
import { Why } from '../ui/why.js';

const WAITING = ['blocked', 'scheduled', 'ready', 'running'];
const AGAIN = ['dead', 'cancelled'];
/** Progress and the log are no change of state, so no event tells of them. */
const RUNNING_MS = 1000;
const STILL_MS = 5000;

/** @param {{queue: string, id: string}} props */
export function Job({ queue, id }) {
  const where = path('queues', queue, 'jobs', id);
  const live = useLive(`${queue}/${id}`, (signal) => load(where, signal), ({ job }) => (job.state === 'running' ? RUNNING_MS : STILL_MS));
  useChanges(hasRole('reader') ? { queue } : null, [live], (change) => change.data.id === id || change.name === 'queue-changed');
  const data = live.data.value;
  return html`<p class="trail"><a href=${link(['queues'])}>Queues</a> › <a href=${link(['queues', queue])}><bdi>${queue}</bdi></a></p>
    <h1 class="id"><bdi>${id}</bdi></h1>
    <${Trouble} live=${live} />
    ${data && html`<${Whole} data=${data} live=${live} where=${where} />`}`;
}

/** @param {string} where @param {AbortSignal} signal */
async function load(where, signal) {
  const text = await callText('GET', where, { signal });
  const job = JSON.parse(text);
  const [why, { attempts }, log, parents] = await Promise.all([
    get(`${where}/explain`, signal),
    get(`${where}/attempts`, signal),
    seesPayloads() ? get(`${where}/log`, signal) : { lines: [] },
    job.flow ? get(`${where}/parents`, signal) : { parents: [] },
  ]);
  observe(why.at);
  const exact = parse(text);
  return { job, why, attempts, lines: log.lines, parents: parents.parents, exact: (/** @type {string} */ name) => field(exact, name) };
}

/** @param {{data: any, live: import('../lib/live.js').Live<any>, where: string}} props */
function Whole({ data, live, where }) {
  const { job, why, attempts, lines, parents } = data;
  return html`<p class="lead"><${State} state=${job.state} />
      <span><bdi>${job.handler}</bdi>, attempt ${count(job.attempt)} of ${count(job.maxAttempts)}</span>
      ${job.progress && html`<span><${Progress} progress=${job.progress} /></span>`}</p>
    <${Why} why=${why} job=${job} />
    ${mayOperate(job.queue) && html`<${Actions} job=${job} live=${live} where=${where} />`}
    ${job.redacted && html`<p class="hint">This key has no right to payloads: payload, result, log and error messages are hidden.</p>`}
    <${Content} data=${data} />
    ${attempts.length > 0 && html`<${Attempts} attempts=${attempts} job=${job} />`}
    ${lines.length > 0 && html`<${Log} lines=${lines} />`}
    ${parents.length > 0 && html`<${Parents} parents=${parents} />`}
    ${job.flow && html`<${Children} job=${job} />`}
    <h2>Details</h2>
    <${Details} job=${job} />`;
}

/** @param {{job: any, live: import('../lib/live.js').Live<any>, where: string}} props */
function Actions({ job, live, where }) {
  const act = (/** @type {string} */ method, /** @type {string} */ address) => async () => {
    await call(method, address);
    await live.reload();
  };
  return html`<div class="actions">
    ${job.state === 'scheduled' && html`<${Action} label="Run now" act=${act('POST', `${where}/run`)} />`}
    ${['ready', 'scheduled'].includes(job.state) && html`<${Reschedule} job=${job} where=${where} live=${live} />`}
    ${WAITING.includes(job.state) &&
    html`<${Confirmed} label="Cancel" danger act=${act('DELETE', where)}
      question=${html`<p>The job ends now and does not run${job.state === 'running' ? '; its handler is asked to stop' : ''}. It can be requeued later.</p>`} />`}
    ${AGAIN.includes(job.state) && html`<${Action} label="Requeue" act=${act('POST', `${where}/requeue`)} />`}
  </div>`;
}

/** Payload, or what an http job sends, and the result. @param {{data: any}} props */
function Content({ data }) {
  const parts = [
    ['Request', data.exact('http'), undefined],
    ['Payload', data.exact('payload'), data.job.payloadBytes],
    ['Result', data.exact('result'), data.job.resultBytes],
  ];
  return parts
    .filter(([, node, bytes]) => node !== undefined || bytes !== undefined)
    .map(
      ([name, node, bytes]) => html`<section key=${name}>
        <h2>${name}</h2>
        ${node ? html`<${Tree} value=${node} label=${name} />` : html`<p class="hint">Hidden, ${size(bytes)}.</p>`}
      </section>`,
    );
}

/** @param {{job: any}} props */
function Details({ job }) {
  const time = (/** @type {string | undefined} */ at) => at && html`<${Time} at=${at} /> <span class="exact">${exactTime(at)}</span>`;
  return html`<${Facts} entries=${[
    ['Enqueued', time(job.enqueuedAt)],
    ['Due', time(job.runAt)],
    ['Started', time(job.startedAt)],
    ['Ended', time(job.finishedAt)],
    ['Priority', String(job.priority)],
    ['Timeout per attempt', isoDuration(job.timeout)],
    ['Backoff', backoff(job.backoff)],
    ['Expires', job.expiresIn && `${isoDuration(job.expiresIn)} after it is due, unless started`],
    ['Deadline', time(job.deadline)],
    ['Snoozed', job.snoozes && `${count(job.snoozes)} times`],
    ['Unique key', job.unique && html`<${Text} text=${job.unique.key} /> until ${job.unique.until}`],
    ['Group', job.group && html`<${Text} text=${job.group.id} />${job.group.ordered ? ', in order' : ''}`],
    ['Flow', job.flow && html`<a href=${link(['flows', job.flow])}><bdi>${job.flow}</bdi></a>`],
    ['Trace', job.traceparent && html`<code>${job.traceparent}</code>`],
  ]} />`;
}

/** @param {any} given */
function backoff(given) {
  switch (given.type) {
    case 'fixed':
      return `${isoDuration(given.delay)}`;
    case 'listed':
      return given.delays.map(isoDuration).join(', ');
    default:
      return `doubles from ${isoDuration(given.initial ?? 'PT1S')} to ${isoDuration(given.max ?? 'PT1H')}`;
  }
}
