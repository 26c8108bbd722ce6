// What can be done to a whole queue besides its limits: pause one handler, delete all.

import { useState } from 'preact/hooks';
import { call, path } from '../lib/api.js';
import { counted } from '../lib/format.js';
import { html } from '../lib/html.js';
import { go, link } from '../lib/router.js';
import { Confirmed } from './dialog.js';

/** A queue with many jobs, or with jobs of flows, takes several requests. */
const MOST_REQUESTS = 60;
const BETWEEN_MS = 1500;

/** @param {{queue: any, live: import('../lib/live.js').Live<any>}} props */
export function PauseHandler({ queue, live }) {
  const [handler, setHandler] = useState('');
  const act = async () => {
    await call('POST', path('queues', queue.queue, 'handlers', handler.trim(), 'pause'));
    setHandler('');
    await live.reload();
  };
  return html`<${Confirmed} label="Pause a handler" act=${act}
    question=${html`<p>No job of this handler starts in this queue until it is resumed. Running jobs continue.</p>
      <label>Handler <input value=${handler} spellcheck=${false} autocomplete="off" onInput=${(/** @type {any} */ event) => setHandler(event.target.value)} /></label>`} />`;
}

/** @param {{queue: any}} props */
export function DeleteQueue({ queue }) {
  const jobs = Object.values(queue.counts).reduce((sum, each) => sum + each, 0);
  const act = async () => {
    for (let request = 0; request < MOST_REQUESTS; request++) {
      const { gone } = await call('DELETE', `${path('queues', queue.queue)}?force=true`);
      if (gone) {
        go(link(['queues']));
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_MS));
    }
    throw new Error('Something is left. Delete the queue again in a while.');
  };
  return html`<${Confirmed} label="Delete queue" danger typed=${queue.queue} act=${act}
    question=${html`<p>The queue is deleted with all it has: ${counted(jobs, 'job')}, limits and pauses. Waiting and running jobs are cancelled. A new job, of a
      schedule say, makes the queue again.</p>`} />`;
}
