// Makes or changes a schedule. Its job is written as JSON and sent as it was written, so that no digit of a number is lost.

import { useState } from 'preact/hooks';
import { callText, path } from '../lib/api.js';
import { parse, print } from '../lib/exact-json.js';
import { html } from '../lib/html.js';
import { go, link } from '../lib/router.js';
import { CronPreview } from './cron-preview.js';
import { Confirmed } from './dialog.js';

const NEW_JOB = '{\n  "handler": "",\n  "payload": null\n}';
const CHOICES = /** @type {const} */ ({
  misfire: { label: 'Missed runs', values: { once: 'run the latest', skip: 'do not run', all: 'run all' } },
  gap: { label: 'Local time skipped by DST', values: { '': 'default', shift: 'run when the gap ends', skip: 'do not run' } },
  overlap: { label: 'Local time repeated by DST', values: { '': 'default', first: 'run the first time', both: 'run both times' } },
});

/** @typedef {{name: string, cron: string, timeZone: string, queue: string, misfire: string, gap: string, overlap: string, job: string}} Fields */

/** @param {any} schedule @param {import('../lib/exact-json.js').Node | undefined} job @returns {Fields} */
function fieldsOf(schedule, job) {
  return {
    name: schedule?.name ?? '',
    cron: schedule?.cron ?? '',
    timeZone: schedule?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    queue: schedule?.queue ?? '',
    misfire: schedule?.misfire ?? 'once',
    gap: schedule?.gap ?? '',
    overlap: schedule?.overlap ?? '',
    job: job ? print(job) : NEW_JOB,
  };
}

/**
 * @param {{label: string, schedule?: any, job?: import('../lib/exact-json.js').Node, saved?: () => Promise<unknown>}} props
 * a new one if there is none
 */
export function ScheduleForm({ label, schedule, job, saved }) {
  const [changed, setChanged] = useState(/** @type {Partial<Fields>} */ ({}));
  const fields = { ...fieldsOf(schedule, job), ...changed };
  const set = (/** @type {keyof Fields} */ name) => (/** @type {any} */ event) => setChanged({ ...changed, [name]: event.target.value });
  const field = (/** @type {keyof Fields} */ name, /** @type {string} */ title) =>
    html`<label>${title} <input value=${fields[name]} spellcheck=${false} autocomplete="off" onInput=${set(name)} /></label>`;
  const choice = (/** @type {keyof typeof CHOICES} */ name) =>
    html`<label>${CHOICES[name].label} <select value=${fields[name]} onChange=${set(name)}>
      ${Object.entries(CHOICES[name].values).map(([value, text]) => html`<option key=${value} value=${value}>${text}</option>`)}
    </select></label>`;
  const act = async () => {
    parse(fields.job);
    const { cron, timeZone, queue, misfire } = fields;
    const most = misfire === 'all' && schedule?.misfireLimit ? { misfireLimit: schedule.misfireLimit } : {};
    const rest = { cron, timeZone, queue, misfire, ...most, gap: fields.gap || undefined, overlap: fields.overlap || undefined };
    await callText('PUT', path('schedules', fields.name), { body: `${JSON.stringify(rest).slice(0, -1)},"job":${fields.job}}` });
    setChanged({});
    await saved?.();
    go(link(['schedules', fields.name]));
  };
  return html`<${Confirmed} label=${label} act=${act}
    question=${html`${!schedule && field('name', 'Name')}
      <div class="pair">${field('cron', 'Cron: minute, hour, day, month, day of week')} ${field('timeZone', 'Time zone')}</div>
      ${field('queue', 'Queue')} ${choice('misfire')}
      <div class="pair">${choice('gap')} ${choice('overlap')}</div>
      <${CronPreview} cron=${fields.cron} timeZone=${fields.timeZone} gap=${fields.gap} overlap=${fields.overlap} />
      <label>Job, as in an enqueue <textarea rows="8" spellcheck=${false} value=${fields.job} onInput=${set('job')}></textarea></label>`} />`;
}
