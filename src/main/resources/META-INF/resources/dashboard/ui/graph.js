// A flow as a picture: each job stands right of all that it runs after. The table below it says the same in words.

import { html } from '../lib/html.js';
import { link } from '../lib/router.js';

const MOST_JOBS = 100;
const WIDTH = 150;
const HEIGHT = 34;
const COLUMN = WIDTH + 50;
const ROW = HEIGHT + 14;
const LETTERS = 18;

/** @param {any[]} jobs @returns {Map<string, {x: number, y: number, job: any}>} */
export function layout(jobs) {
  const columns = new Map();
  const byName = new Map(jobs.map((job) => [job.name, job]));
  const column = (/** @type {any} */ job) => {
    if (!columns.has(job.name)) {
      columns.set(job.name, 0);
      const before = job.after.map((/** @type {string} */ name) => byName.get(name)).filter(Boolean);
      columns.set(job.name, Math.max(-1, ...before.map(column)) + 1);
    }
    return columns.get(job.name);
  };
  const rows = new Map();
  const places = new Map();
  for (const job of jobs) {
    const x = column(job);
    const y = rows.get(x) ?? 0;
    rows.set(x, y + 1);
    places.set(job.name, { x: x * COLUMN + 4, y: y * ROW + 4, job });
  }
  return places;
}

/** @param {{jobs: any[]}} props */
export function Graph({ jobs }) {
  if (jobs.length > MOST_JOBS || jobs.length < 2) {
    return null;
  }
  const places = layout(jobs);
  const all = [...places.values()];
  const width = Math.max(...all.map((place) => place.x)) + WIDTH + 4;
  const height = Math.max(...all.map((place) => place.y)) + HEIGHT + 4;
  return html`<div class="scroll graph" role="region" aria-label="Graph of the flow" tabindex="0">
    <svg width=${width} height=${height} viewBox=${`0 0 ${width} ${height}`} role="group" aria-label="Jobs of the flow">
      ${all.flatMap(({ x, y, job }) =>
        job.after.map((/** @type {string} */ name) => {
          const from = places.get(name);
          if (!from) {
            return null;
          }
          const [x1, y1, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, y + HEIGHT / 2];
          const bend = (x1 + x) / 2;
          return html`<path key=${`${name} ${job.name}`} class="edge" d=${`M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x} ${y2}`} />`;
        }),
      )}
      ${all.map(
        ({ x, y, job }) => html`<a key=${job.name} href=${link(['queues', job.queue, 'jobs', job.id])} aria-label=${`${job.name}, ${job.state}`}>
          <rect class=${job.state} x=${x} y=${y} width=${WIDTH} height=${HEIGHT} rx="6" />
          <text x=${x + 10} y=${y + 22}>${job.name.length > LETTERS ? `${job.name.slice(0, LETTERS - 1)}…` : job.name}</text>
        </a>`,
      )}
    </svg>
  </div>`;
}
