// The page: who uses it, and which of its pages is shown.

import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get } from './lib/api.js';
import { observe } from './lib/clock.js';
import { connectionIs } from './lib/connection.js';
import { html } from './lib/html.js';
import { place } from './lib/router.js';
import { hasRole, loginNeeded, mayReadAudit, me } from './lib/session.js';
import { Audit } from './pages/audit.js';
import { Failures } from './pages/failures.js';
import { Flows } from './pages/flows.js';
import { Handlers } from './pages/handlers.js';
import { Job } from './pages/job.js';
import { Lookup } from './pages/lookup.js';
import { Overview } from './pages/overview.js';
import { Queue } from './pages/queue.js';
import { Queues } from './pages/queues.js';
import { Redis } from './pages/redis.js';
import { Schedules } from './pages/schedules.js';
import { Search } from './pages/search.js';
import { Workers } from './pages/workers.js';
import { Keys } from './ui/keys.js';
import { Login } from './ui/login.js';
import { Shell } from './ui/shell.js';

/**
 * @typedef {{path: string, key: string, title: string, view: import('preact').ComponentType<any>, open: () => boolean}} Page
 * `key` follows g; `open` tells whether the caller may read what it shows.
 */

const reads = () => hasRole('reader');

/** Another view of the service is one line here and a file in pages/. @type {Page[]} */
const PAGES = [
  { path: '', key: 'o', title: 'Overview', view: Overview, open: reads },
  { path: 'queues', key: 'q', title: 'Queues', view: Queues, open: reads },
  { path: 'failures', key: 'e', title: 'Failures', view: Failures, open: reads },
  { path: 'jobs', key: 'j', title: 'Jobs', view: Search, open: reads },
  { path: 'schedules', key: 's', title: 'Schedules', view: Schedules, open: reads },
  { path: 'flows', key: 'f', title: 'Flows', view: Flows, open: () => reads() || hasRole('producer') },
  { path: 'handlers', key: 'h', title: 'Handlers', view: Handlers, open: reads },
  { path: 'workers', key: 'w', title: 'Workers', view: Workers, open: reads },
  { path: 'redis', key: 'r', title: 'Redis', view: Redis, open: reads },
  { path: 'audit', key: 'a', title: 'Audit', view: Audit, open: mayReadAudit },
];

const AGAIN_MS = 2000;

/** Finds out who the caller is; a service that does not answer is asked again. */
async function enter() {
  try {
    me.value = await get('me');
    connectionIs('ok');
    loginNeeded.value = null;
    if (hasRole('reader')) {
      const { workers } = await get('workers?limit=1');
      observe(workers[0]?.seen);
    }
  } catch {
    if (loginNeeded.value === null && me.value === null) {
      setTimeout(enter, AGAIN_MS);
    }
  }
}

/** @param {Page[]} pages */
function current(pages) {
  const [path = '', name, below, id] = place.value.parts;
  if (path === 'queues' && below === 'jobs' && id !== undefined) {
    return html`<${Job} key=${`${name}/${id}`} queue=${name} id=${id} />`;
  }
  if (path === 'queues' && name !== undefined && reads()) {
    return html`<${Queue} key=${name} queue=${name} />`;
  }
  const page = pages.find((each) => each.path === path);
  return page ? html`<${page.view} key=${name ?? ''} name=${name} />` : html`<${Lookup} />`;
}

function App() {
  const [, setPlace] = useState('');
  useEffect(
    () =>
      place.subscribe((where) => {
        setPlace(where.parts.join('/'));
        document.title = ['Mainstay', ...where.parts].reverse().join(' · ');
        scrollTo(0, 0);
      }),
    [],
  );
  if (loginNeeded.value !== null) {
    return html`<${Login} entered=${enter} />`;
  }
  const pages = PAGES.filter((page) => me.value !== null && page.open());
  return html`<${Shell} pages=${pages}>
      ${me.value ? current(pages) : html`<p class="loading">Loading …</p>`}
    <//>
    <${Keys} pages=${pages} />`;
}

const root = /** @type {HTMLElement} */ (document.getElementById('app'));
root.replaceChildren();
render(html`<${App} />`, root);
void enter();
