// Another turn for a job that waits: its priority, and when it is due.

import { useState } from 'preact/hooks';
import { call } from '../lib/api.js';
import { html } from '../lib/html.js';
import { Confirmed } from './dialog.js';

/** What datetime-local takes: local time without a zone. @param {string | undefined} iso */
function local(iso) {
  if (!iso) {
    return '';
  }
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

/** @param {{job: any, where: string, live: import('../lib/live.js').Live<any>}} props */
export function Reschedule({ job, where, live }) {
  const [priority, setPriority] = useState(/** @type {string | null} */ (null));
  const [runAt, setRunAt] = useState(/** @type {string | null} */ (null));
  const act = async () => {
    const body = {
      ...(priority === null ? {} : { priority: Number(priority) }),
      ...(runAt ? { runAt: new Date(runAt).toISOString() } : {}),
    };
    await call('PATCH', where, { body });
    setPriority(null);
    setRunAt(null);
    await live.reload();
  };
  return html`<${Confirmed} label="Change priority or time" act=${act}
    question=${html`${!job.group?.ordered &&
      html`<label>Priority, 0 to 9; 9 runs first <input type="number" min="0" max="9" value=${priority ?? job.priority}
        onInput=${(/** @type {any} */ event) => setPriority(event.target.value)} /></label>`}
      <label>Due at, local time <input type="datetime-local" step="1" value=${runAt ?? local(job.runAt)}
        onInput=${(/** @type {any} */ event) => setRunAt(event.target.value)} /></label>`} />`;
}
