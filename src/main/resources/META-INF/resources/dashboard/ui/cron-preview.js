// When a schedule would run, while it is written.

import { useEffect, useState } from 'preact/hooks';
import { get, Problem, query } from '../lib/api.js';
import { html } from '../lib/html.js';

const WAIT_MS = 300;
const SHOWN = 5;

/** @param {{cron: string, timeZone: string, gap: string, overlap: string}} props */
export function CronPreview({ cron, timeZone, gap, overlap }) {
  const [found, setFound] = useState(/** @type {any} */ (null));
  const [problem, setProblem] = useState('');
  useEffect(() => {
    setProblem('');
    if (!cron || !timeZone) {
      setFound(null);
      return undefined;
    }
    const aborted = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const answer = await get(`cron${query({ cron, timeZone, gap, overlap, count: SHOWN })}`, aborted.signal);
        setFound({ ...answer, timeZone });
      } catch (error) {
        if (!aborted.signal.aborted) {
          setFound(null);
          setProblem(error instanceof Problem ? error.message : String(error));
        }
      }
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      aborted.abort();
    };
  }, [cron, timeZone, gap, overlap]);
  return html`<div class="preview" role="status" aria-label="Next runs">
    ${problem && html`<p class="hint">${problem}</p>`}
    ${found && html`<${Runs} found=${found} />`}
  </div>`;
}

/** As clocks there show it; a zone that the browser does not know is shown in UTC. @param {string} timeZone */
function clocksOf(timeZone) {
  const style = /** @type {const} */ ({ dateStyle: 'medium', timeStyle: 'long' });
  try {
    return new Intl.DateTimeFormat(undefined, { ...style, timeZone });
  } catch {
    return new Intl.DateTimeFormat(undefined, { ...style, timeZone: 'UTC' });
  }
}

/** @param {{found: any}} props */
function Runs({ found }) {
  const format = clocksOf(found.timeZone);
  const local = (/** @type {string[]} */ times) => times.map((time) => format.format(new Date(time)));
  return html`<p>Next runs, in its time zone:</p>
    <ol class="runs">${local(found.runs).map((run) => html`<li key=${run}>${run}</li>`)}</ol>
    ${found.clockChanges.map(
      (/** @type {any} */ change) => html`<p key=${change.at}>Clocks go ${change.kind === 'gap' ? 'forward' : 'back'} from ${clock(change.before)} to ${clock(change.after)} on ${change.before.slice(0, 10)}.${' '}
        ${change.runs.length === 0 ? 'Nothing runs around that.' : 'Runs around that:'}</p>
        ${change.runs.length > 0 && html`<ul class="runs">${local(change.runs).map((run, index) => html`<li key=${index}>${run}</li>`)}</ul>`}`,
    )}`;
}

/** @param {string} time without an offset */
function clock(time) {
  return time.slice(11);
}
