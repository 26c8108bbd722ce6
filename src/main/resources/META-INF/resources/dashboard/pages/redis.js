// Redis: what each node says of itself, what is wrong with how it is set up, and what queues take of its memory.

import { get, path } from '../lib/api.js';
import { count, counted, duration, size } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useLive } from '../lib/live.js';
import { allOf } from '../lib/pages.js';
import { mayOperateAll } from '../lib/session.js';
import { Facts, QueueLink, Table, Trouble } from '../ui/parts.js';

/** Queues that are measured: those with most jobs. */
const MEASURED = 20;
const AT_A_TIME = 4;

/** @param {AbortSignal} signal */
async function load(signal) {
  return mayOperateAll() ? (await get('redis', signal)).stores : [];
}

/** @param {AbortSignal} signal */
async function loadMemory(signal) {
  const { entries: queues, more } = await allOf('queues', signal);
  const jobs = (/** @type {any} */ queue) => Object.values(queue.counts).reduce((sum, each) => sum + Number(each), 0);
  const largest = [...queues].sort((/** @type {any} */ one, /** @type {any} */ other) => jobs(other) - jobs(one)).slice(0, MEASURED);
  /** @type {any[]} */
  const measured = [];
  for (let from = 0; from < largest.length; from += AT_A_TIME) {
    const some = largest.slice(from, from + AT_A_TIME);
    measured.push(...(await Promise.all(some.map((/** @type {any} */ queue) => get(path('queues', queue.queue, 'memory'), signal)))));
  }
  measured.sort((one, other) => (other.bytes ?? 0) - (one.bytes ?? 0));
  return { measured, all: queues.length, more };
}

export function Redis() {
  const live = useLive('redis', load, 5000);
  const memory = useLive('redis memory', loadMemory, 60_000);
  return html`<h1>Redis</h1>
    <${Trouble} live=${live} />
    ${!mayOperateAll() && html`<p class="hint">Only operators of all queues can see the nodes.</p>`}
    ${(live.data.value ?? []).map((/** @type {any} */ store) => html`<${Store} key=${store.store} store=${store} alone=${live.data.value?.length === 1} />`)}
    <h2>Memory by queue</h2>
    <${Trouble} live=${memory} />
    ${memory.data.value && html`<${Memory} found=${memory.data.value} />`}`;
}

/** @param {{store: any, alone: boolean}} props */
function Store({ store, alone }) {
  const wrong = [
    ...(store.refused ? [`This instance does not work with it: ${store.refused}`] : []),
    ...(store.writesRefused ? [store.writesRefused] : []),
    ...store.faults,
  ];
  return html`<section>
    ${!alone && html`<h2>${store.store === 'first' ? 'First' : 'Second'} Redis</h2>`}
    ${wrong.map((text) => html`<p key=${text} class="problem" role="alert">${text}</p>`)}
    <p>${store.mode === 'standalone' ? 'A single address.' : store.mode === 'sentinel' ? `Found by ${counted(store.sentinels.length, 'sentinel')}: ` : 'A cluster.'}${store.sentinels && html`<bdi>${store.sentinels.join(', ')}</bdi>`}</p>
    ${store.nodes.map((/** @type {any} */ node, /** @type {number} */ index) => html`<${Node} key=${node.address ?? index} node=${node} level=${alone ? 'h2' : 'h3'} />`)}
    <${Objections} objections=${store.objections} known=${wrong.length === 0 && store.nodes.every((/** @type {any} */ node) => node.answers)} />
  </section>`;
}

/** @param {{node: any, level: string}} props */
function Node({ node, level }) {
  const { memory = {}, load = {} } = node;
  const full = memory.max > 0 ? ` of ${size(memory.max)} (${Math.round((100 * memory.used) / memory.max)} %)` : ', no maximum';
  return html`<${level}><bdi>${node.address ?? 'Node'}</bdi> <span class="tag ${node.answers ? 'good' : 'warn'}">${node.answers ? 'answers' : 'does not answer'}</span><//>
    <${Facts} entries=${[
      ['Version', node.version],
      ['Role', node.role === 'master' ? 'primary' : node.role === 'slave' ? 'replica' : node.role],
      ['Replicas', node.replicas === undefined ? '' : count(node.replicas)],
      ['Memory', memory.used === undefined ? '' : `${size(memory.used)}${full}`],
      ['Peak memory', memory.peak === undefined ? '' : size(memory.peak)],
      ['When full', memory.evictionPolicy],
      ['Append-only file', node.appendOnly === undefined ? '' : node.appendOnly ? 'yes' : 'no'],
      ['Up for', load.uptimeSeconds === undefined ? '' : duration(load.uptimeSeconds * 1000)],
      ['Connections', load.clients === undefined ? '' : count(load.clients)],
      ['Commands per second', load.commandsPerSecond === undefined ? '' : count(load.commandsPerSecond)],
    ]} />`;
}

/** @param {{objections: any[], known: boolean}} props known: all was looked at */
function Objections({ objections, known }) {
  return objections.length === 0
    ? known && html`<p class="good">No problems with its settings.</p>`
    : html`<ul class="plain">
        ${objections.map(
          (each, index) => html`<li key=${index}><span class="tag warn">${each.refuses ? 'refused' : 'warning'}</span>${' '}
            ${each.setting && !each.text.startsWith(each.setting) && html`<code>${each.setting}</code>: `}${each.text}.${each.node && html` <span class="none">On <bdi>${each.node}</bdi>.</span>`}</li>`,
        )}
      </ul>`;
}

/** @param {{found: {measured: any[], all: number, more: boolean}}} props */
function Memory({ found }) {
  if (found.measured.length === 0) {
    return html`<p>There are no queues yet.</p>`;
  }
  return html`<${Table} label="Memory by queue">
      <thead><tr><th>Queue</th><th class="number">Jobs</th><th class="number">Memory</th><th class="number">Per job</th></tr></thead>
      <tbody>
        ${found.measured.map(
          (queue) => html`<tr key=${queue.queue}>
            <td><${QueueLink} queue=${queue.queue} /></td>
            <td class="number">${count(queue.jobs)}</td>
            <td class="number">${queue.bytes === undefined ? 'not known' : size(queue.bytes)}</td>
            <td class="number">${queue.bytes === undefined || queue.jobs === 0 ? '–' : size(Math.round(queue.bytes / queue.jobs))}</td>
          </tr>`,
        )}
      </tbody>
    <//>
    <p class="hint">Estimates, from a few jobs of each state. The ${counted(found.measured.length, 'queue')} with most jobs of ${found.more ? 'the first ' : ''}${count(found.all)}.</p>`;
}
