// What happened over time, as charts, in a sentence, and as a table.

import { useMemo, useState } from 'preact/hooks';
import { get, query } from '../lib/api.js';
import { atMost, count, counted, duration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { useLive } from '../lib/live.js';
import { here, place } from '../lib/router.js';
import { history, SPANS, summary } from '../lib/stats.js';
import { Chart, moment } from './chart.js';
import { Table, Trouble } from './parts.js';

/** @typedef {import('../lib/stats.js').History} History */
/** @typedef {import('../lib/stats.js').Counts} Counts */

const EVERY_MS = 15_000;
const FAILURES_EVERY_MS = 30_000;
const MOST_ROWS = 100;
/** @type {Record<number, string>} */
const PER = { 60: 'minute', 600: '10 minutes', 3600: 'hour' };

/**
 * Charts of all queues, or of one queue or handler.
 * @param {{of?: {queue?: string, handler?: string}}} props
 */
export function History({ of = {} }) {
  const shown = place.value.query.span ?? '1h';
  const span = SPANS[shown] ?? SPANS['1h'];
  const live = useLive(`history ${JSON.stringify(of)} ${span.from}`, (signal) => history(span, of, signal), EVERY_MS);
  const data = live.data.value;
  return html`<section class="history" aria-label="History">
    <h2>History</h2>
    <nav class="tabs" aria-label="Time">
      ${Object.entries(SPANS).map(
        ([name, each]) => html`<a key=${name} href=${here({ span: name })} aria-current=${each === span ? 'page' : undefined}>${each.label}</a>`,
      )}
    </nav>
    <${Trouble} live=${live} />
    ${data && html`<${Shown} history=${data} span=${span} />`}
  </section>`;
}

/** @param {{history: History, span: import('../lib/stats.js').Span}} props */
function Shown({ history, span }) {
  const charts = useMemo(() => chartsOf(history), [history]);
  return html`<p>${summary(history, span)}</p>
    ${history.partial && html`<p class="hint">Numbers may be missing: only the busiest pairs of queue and handler have statistics of their own.</p>`}
    <div class="charts">
      ${charts.map((chart) => html`<${Chart} key=${chart.label} times=${history.times} step=${history.step} ...${chart} />`)}
    </div>
    <${AsTable} history=${history} />`;
}

/** @param {History} history @returns {{label: string, lines: import('./chart.js').Line[], show: (value: number) => string, say?: (value: number) => string}[]} */
function chartsOf({ step, points }) {
  const per = PER[step] ?? 'point';
  const numbers = (/** @type {'enqueued' | 'started' | 'succeeded' | 'failed' | 'dead'} */ name) => points.map((point) => point[name]);
  const percentiles = (/** @type {'startDelaySeconds' | 'runSeconds'} */ name) => [
    { label: 'p50', kind: 'one', values: points.map((point) => point[name]?.p50 ?? null) },
    { label: 'p95', kind: 'two', values: points.map((point) => point[name]?.p95 ?? null) },
    { label: 'p99', kind: 'three', values: points.map((point) => point[name]?.p99 ?? null) },
  ];
  return [
    {
      label: `Jobs per ${per}`,
      show: whole,
      lines: [
        { label: 'enqueued', kind: 'one', values: numbers('enqueued') },
        { label: 'attempts started', kind: 'three', values: numbers('started') },
        { label: 'succeeded', kind: 'good', values: numbers('succeeded') },
      ],
    },
    {
      label: `Failures per ${per}`,
      show: whole,
      lines: [
        { label: 'attempts failed', kind: 'warn', values: numbers('failed') },
        { label: 'jobs died', kind: 'bad', values: numbers('dead') },
      ],
    },
    { label: 'Start delay, estimated', show: time, say: atMost, lines: percentiles('startDelaySeconds') },
    { label: 'Run time per attempt, estimated', show: time, say: atMost, lines: percentiles('runSeconds') },
  ];
}

/** @param {number} seconds */
function time(seconds) {
  return duration(seconds * 1000);
}

/** Ticks between whole numbers have no label. @param {number} number */
function whole(number) {
  return Number.isInteger(number) ? count(number) : '';
}

/** @param {{history: History}} props */
function AsTable({ history }) {
  const [open, setOpen] = useState(false);
  const rows = history.times.map((time, index) => ({ time, point: history.points[index] })).filter(({ point }) => point.enqueued + point.started + point.failed + point.dead + point.succeeded > 0);
  return html`<details class="as-table" onToggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}>
    <summary>As a table</summary>
    ${open &&
    (rows.length === 0
      ? html`<p>Nothing happened.</p>`
      : html`<${Table} label=${`History per ${PER[history.step] ?? 'point'}`}>
          <thead><tr><th>Time</th><th class="number">Enqueued</th><th class="number">Started</th><th class="number">Succeeded</th><th class="number">Failed</th><th class="number">Died</th>
            <th class="number">Start delay, p95</th><th class="number">Run time, p95</th></tr></thead>
          <tbody>
            ${rows
              .slice(-MOST_ROWS)
              .reverse()
              .map(
                ({ time, point }) => html`<tr key=${time}>
                  <td>${moment(time, history.step)}</td>
                  <td class="number">${count(point.enqueued)}</td>
                  <td class="number">${count(point.started)}</td>
                  <td class="number">${count(point.succeeded)}</td>
                  <td class="number">${count(point.failed)}</td>
                  <td class="number">${count(point.dead)}</td>
                  <td class="number">${point.startDelaySeconds ? atMost(point.startDelaySeconds.p95) : '–'}</td>
                  <td class="number">${point.runSeconds ? atMost(point.runSeconds.p95) : '–'}</td>
                </tr>`,
              )}
          </tbody>
        <//>
        ${rows.length > MOST_ROWS && html`<p class="hint">The latest ${count(MOST_ROWS)} of ${count(rows.length)}.</p>`}`)}
  </details>`;
}

/** Failures now, and over three days, in a sentence. */
export function Failures() {
  const live = useLive(
    'failures',
    (signal) => Promise.all([get(`stats${query({ from: 'PT1H' })}`, signal), get(`stats${query({ from: 'PT72H', step: 'PT1H' })}`, signal)]),
    FAILURES_EVERY_MS,
  );
  if (!live.data.value) {
    return null;
  }
  const [hour, days] = live.data.value;
  return html`<p>
    Within the last hour ${counted(hour.total.failed, 'attempt')} failed and ${counted(hour.total.dead, 'job')} died; within 72 hours
    ${' '}${counted(days.total.failed, 'attempt')} and ${counted(days.total.dead, 'job')}.
  </p>`;
}
