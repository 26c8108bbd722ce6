// What runs jobs, by name: who has it, what is declared of it, whether it is held.

import { call, callText, get, path, query } from '../lib/api.js';
import { field, parse } from '../lib/exact-json.js';
import { atMost, count, counted, isoDuration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useChanges, useLive } from '../lib/live.js';
import { link, place } from '../lib/router.js';
import { mayOperateAll } from '../lib/session.js';
import { byHandler } from '../lib/stats.js';
import { Confirmed } from '../ui/dialog.js';
import { History } from '../ui/history.js';
import { Action, Facts, Pages, QueueLink, Table, Time, Trouble } from '../ui/parts.js';
import { Tree } from '../ui/tree.js';

const FARES_EVERY_MS = 15_000;
const about = (/** @type {import('../lib/events.js').Change} */ change) => change.name === 'held' || change.name === 'resumed';

/** @param {{name?: string}} props */
export function Handlers({ name }) {
  return name === undefined ? html`<${List} />` : html`<${One} name=${name} />`;
}

function List() {
  const { cursor } = place.value.query;
  const live = useLive(`handlers ${cursor}`, (signal) => get(`handlers${query({ cursor })}`, signal));
  const fares = useLive('fares', byHandler, FARES_EVERY_MS);
  useChanges({}, [live], about);
  const data = live.data.value;
  return html`<h1>Handlers</h1>
    <${Trouble} live=${live} />
    ${data && (data.handlers.length === 0 ? html`<p>No handler is known.</p>` : html`<${Rows} handlers=${data.handlers} fares=${fares.data.value} live=${live} />`)}
    <${Pages} next=${data?.next} cursor=${cursor} />`;
}

/** @param {{handlers: any[], fares?: Map<string, import('../lib/stats.js').Counts>, live: import('../lib/live.js').Live<any>}} props */
function Rows({ handlers, fares, live }) {
  return html`<${Table} label="Handlers">
    <thead><tr><th>Handler</th><th class="number">Workers</th><th>Last seen</th><th>Source</th><th>Queue</th>
      <th class="number">Succeeded, last hour</th><th class="number">Failed</th><th class="number">Died</th><th class="number">Run time, p95</th><th><span class="unseen">Actions</span></th></tr></thead>
    <tbody>
      ${handlers.map(
        (handler) => html`<tr key=${handler.name}>
          <td><a href=${link(['handlers', handler.name])}><bdi>${handler.name}</bdi></a>${handler.held && html` <span class="tag bad">held</span>`}</td>
          <td class="number">${handler.workers ? count(handler.workers) : html`<span class="tag warn">none</span>`}</td>
          <td><${Time} at=${handler.lastSeen} /></td>
          <td>${handler.sources.join(', ')}</td>
          <td>${handler.queue ? html`<${QueueLink} queue=${handler.queue} />` : '–'}</td>
          <${Fares} counts=${fares?.get(handler.name)} />
          <td><${Hold} handler=${handler} live=${live} /></td>
        </tr>`,
      )}
    </tbody>
  <//>`;
}

/** How its attempts went within the last hour. @param {{counts?: import('../lib/stats.js').Counts}} props */
function Fares({ counts }) {
  if (!counts) {
    return html`<td class="number">–</td><td class="number">–</td><td class="number">–</td><td class="number">–</td>`;
  }
  const bad = counts.failed > 0 && counts.succeeded === 0;
  return html`<td class="number">${count(counts.succeeded)}</td>
    <td class="number">${count(counts.failed)}${bad && html` <span class="tag bad">all fail</span>`}</td>
    <td class="number">${count(counts.dead)}</td>
    <td class="number">${counts.runSeconds ? atMost(counts.runSeconds.p95) : '–'}</td>`;
}

/** @param {{handler: any, live: import('../lib/live.js').Live<any>}} props */
function Hold({ handler, live }) {
  if (!mayOperateAll()) {
    return null;
  }
  const act = (/** @type {string} */ verb) => async () => {
    await call('POST', path('handlers', handler.name, verb));
    await live.reload();
  };
  return handler.held
    ? html`<${Action} label="Resume" title=${`Resume ${handler.name}`} act=${act('resume')} />`
    : html`<${Confirmed} label="Hold" act=${act('hold')}
        question=${html`<p>No job of <strong><bdi>${handler.name}</bdi></strong> is started anywhere until it is resumed. Running jobs go on.</p>`} />`;
}

/** @param {{name: string}} props */
function One({ name }) {
  const live = useLive(name, async (signal) => {
    const text = await callText('GET', path('handlers', name), { signal });
    const handler = JSON.parse(text);
    return { handler, schema: field(parse(text), 'schema') };
  });
  useChanges({}, [live], about);
  const data = live.data.value;
  return html`<p class="trail"><a href=${link(['handlers'])}>Handlers</a></p>
    <h1><bdi>${name}</bdi>${data?.handler.held && html` <span class="tag bad">held</span>`}</h1>
    <${Trouble} live=${live} />
    ${data && html`<${Whole} handler=${data.handler} schema=${data.schema} live=${live} />`}`;
}

/** @param {{handler: any, schema: any, live: import('../lib/live.js').Live<any>}} props */
function Whole({ handler, schema, live }) {
  const held = handler.held;
  return html`${held &&
    html`<p class="warning">Held everywhere, <${Time} at=${held.since} />${held.reason === 'failures' ? `: ${counted(held.failed ?? 0, 'attempt')} failed and none succeeded. One job a minute is tried; its success resumes the handler.` : ', by hand.'}</p>`}
    <${Facts} entries=${[
      ['Workers that have it', html`<a href=${link(['workers'])}>${handler.workers ? count(handler.workers) : 'none'}</a>`],
      ['Last seen', handler.lastSeen && html`<${Time} at=${handler.lastSeen} />`],
      ['Source', handler.sources.join(', ')],
      ['Queue of its jobs', handler.queue && html`<${QueueLink} queue=${handler.queue} />`],
      ['Max attempts', handler.maxAttempts && count(handler.maxAttempts)],
      ['Timeout per attempt', handler.timeout && isoDuration(handler.timeout)],
      ['Held after', handler.hold && `${counted(handler.hold.after, 'failed attempt')} within ${isoDuration(handler.hold.window)}`],
    ]} />
    <div class="actions"><${Hold} handler=${handler} live=${live} /></div>
    <${History} of=${{ handler: handler.name }} />
    ${schema && html`<h2>Payload schema</h2><${Tree} value=${schema} label="Schema" />`}`;
}
