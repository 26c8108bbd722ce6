// One chart: lines over time. The library is loaded when the first one is shown, so that no page waits for it.

import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../lib/html.js';

/** @typedef {{label: string, kind: string, values: (number | null)[]}} Line kind: which colour and which dashes, as in style.css */

const HEIGHT = 180;
/** For the labels of values; beside one are a tick and a gap. */
const LEAST_ROOM = 70;
const BESIDE_LABEL = 20;
const DAY_S = 86_400;
/** Without colours lines differ by their dashes. @type {Record<string, number[]>} */
const DASHES = { one: [], two: [8, 4], three: [2, 3], good: [8, 4], bad: [], warn: [8, 4] };

const dark = matchMedia('(prefers-color-scheme: dark)');

/**
 * @param {{label: string, times: number[], step: number, lines: Line[], show: (value: number) => string, say?: (value: number) => string}} props
 *   label: what it shows, in words; times in seconds since 1970; say: the value pointed at, if not as those of the axis
 */
export function Chart({ label, times, step, lines, show, say = show }) {
  const place = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [library, setLibrary] = useState(/** @type {{of: any} | null} */ (null));
  const [scheme, setScheme] = useState(dark.matches);
  const [at, setAt] = useState(/** @type {number | null} */ (null));
  useEffect(() => {
    let gone = false;
    import('uplot').then(({ default: of }) => gone || setLibrary({ of }), () => undefined);
    const changed = () => setScheme(dark.matches);
    dark.addEventListener('change', changed);
    return () => {
      gone = true;
      dark.removeEventListener('change', changed);
    };
  }, []);
  useEffect(() => {
    const element = place.current;
    if (!library || !element) {
      return undefined;
    }
    const chart = new library.of(options(element, { times, step, lines, show, setAt }), [times, ...lines.map(({ values }) => values)], element);
    const sized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    sized.observe(element);
    return () => {
      sized.disconnect();
      chart.destroy();
    };
  }, [library, scheme, times, ...lines.map(({ values }) => values)]);
  return html`<figure class="chart">
    <figcaption>${label}</figcaption>
    <div ref=${place} class="plot" role="img" aria-label=${label}></div>
    <ul class="key">
      ${lines.map(
        (line) => html`<li key=${line.label}>
          <svg class=${`line ${line.kind}`} width="28" height="10" aria-hidden="true"><line x1="0" y1="5" x2="28" y2="5" stroke-width="2" stroke-dasharray=${DASHES[line.kind].join(' ') || 'none'} /></svg>
          ${line.label}${at !== null && at < times.length && html` <strong>${line.values[at] === null || line.values[at] === undefined ? '–' : say(line.values[at])}</strong>`}
        </li>`,
      )}
      ${at !== null && at < times.length && html`<li class="hint">${moment(times[at], step)}</li>`}
    </ul>
  </figure>`;
}

/**
 * @param {HTMLElement} element
 * @param {{times: number[], step: number, lines: Line[], show: (value: number) => string, setAt: (at: number | null) => void}} chart
 */
function options(element, { times, step, lines, show, setAt }) {
  const style = getComputedStyle(element);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const axis = { stroke: colour('--quiet'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 }, font: `12px ${style.fontFamily}` };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false } },
    scales: { x: { time: true }, y: { range: (/** @type {any} */ _, /** @type {number} */ least, /** @type {number | null} */ most) => [0, Math.max((most ?? 0) * 1.05, 0.001)] } },
    axes: [
      { ...axis, values: (/** @type {any} */ _, /** @type {number[]} */ splits) => splits.map((time) => tick(time, times)) },
      { ...axis, size: (/** @type {any} */ _, /** @type {string[] | null} */ labels) => room(labels, axis.font), values: (/** @type {any} */ _, /** @type {number[]} */ splits) => splits.map((value) => show(value)) },
    ],
    series: [{}, ...lines.map((line) => ({ stroke: colour(`--${line.kind}`), width: 1.5, dash: DASHES[line.kind], points: { show: true, size: 4, filter: () => lone(line.values) } }))],
    hooks: { setCursor: [(/** @type {any} */ chart) => setAt(chart.cursor.idx ?? null)] },
  };
}

/** What the widest label takes, so that none is cut off. @param {string[] | null} labels @param {string} font */
function room(labels, font) {
  const pen = document.createElement('canvas').getContext('2d');
  if (!pen || !labels) {
    return LEAST_ROOM;
  }
  pen.font = font;
  return Math.max(LEAST_ROOM, ...labels.map((label) => Math.ceil(pen.measureText(label).width) + BESIDE_LABEL));
}

/** Values without neighbours, which no line shows. @param {(number | null)[]} values */
function lone(values) {
  const none = (/** @type {number} */ at) => (values[at] ?? null) === null;
  return values.flatMap((_, at) => (!none(at) && none(at - 1) && none(at + 1) ? [at] : []));
}

/** @param {number} time @param {number[]} times */
function tick(time, times) {
  const day = times.length > 0 && times[times.length - 1] - times[0] > DAY_S;
  const at = new Date(time * 1000);
  const midnight = at.getHours() === 0 && at.getMinutes() === 0;
  return day && midnight ? at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' }) : at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
}

/** @param {number} time @param {number} step */
export function moment(time, step) {
  const at = new Date(time * 1000);
  const end = new Date((time + step) * 1000);
  const clock = /** @type {const} */ ({ hour: '2-digit', minute: '2-digit' });
  return `${at.toLocaleString(undefined, { day: 'numeric', month: 'short', ...clock })} – ${end.toLocaleTimeString(undefined, clock)}`;
}
