// What instances say of their own state, and how long they took to recover.

import { count, counted, duration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { Table, Time } from './parts.js';

const STALLED = {
  'loop-frozen': 'an event loop is blocked',
  'workers-lost': 'workers are lost',
  'no-proof': 'no canary job comes through',
  'due-jobs-stuck': 'due jobs are not claimed',
  'watchdog-dead': 'its watchdog has ended',
};

const NOTICED = {
  'link-lost': 'a connection ended',
  probe: 'no answer in time',
  'role-change': 'another primary',
  'refused-writes': 'refused writes',
  canary: 'a late wake-up',
  'subscription-lost': 'the subscription ended',
  watchdog: 'no jobs flowed',
};

/** As `Redis (second)` where there are two. @param {any} health @param {any} store */
function nameOf(health, store) {
  return health.stores.length > 1 ? `Redis (${store.store})` : 'Redis';
}

/** What keeps an instance from running jobs, in words; none if nothing does. @param {any} health @returns {string[]} */
export function obstacles(health) {
  const stalled = health.stalled ? [`${health.alive ? '' : 'not alive: '}${STALLED[/** @type {keyof typeof STALLED} */ (health.stalled)] ?? health.stalled}`] : [];
  return [...stalled, ...health.stores.filter((/** @type {any} */ store) => !store.takesJobs).map((/** @type {any} */ store) => `${nameOf(health, store)} takes no jobs`)];
}

/** What is wrong with an instance, in words; none if all is well. @param {any} health @returns {string[]} */
export function troubles(health) {
  const found = obstacles(health);
  for (const store of health.stores) {
    const redis = nameOf(health, store);
    if (store.links.connecting > 0) {
      found.push(`${counted(store.links.connecting, 'connection')} to ${redis} lost`);
    }
    if (store.links.suspect > 0) {
      found.push(`${redis} answers late`);
    }
    if (store.subscription !== 'live') {
      found.push(`wake-ups from ${redis}: ${store.subscription}`);
    }
  }
  return found;
}

/** @param {{health?: any}} props */
export function Health({ health }) {
  if (!health) {
    return html`<span class="none">–</span>`;
  }
  const found = troubles(health);
  return found.length === 0 ? html`<span class="tag good">well</span>` : html`<span class="tag warn">${found.join('; ')}</span>`;
}

/** How long the latest recovery took. @param {{recoveries?: any[]}} props */
export function LatestRecovery({ recoveries }) {
  const latest = recoveries?.[0];
  if (!latest) {
    return html`<span class="none">–</span>`;
  }
  const took = longest(latest);
  return html`<${Time} at=${latest.at} />${took === undefined ? '' : `, ${duration(took)}`}`;
}

/** @param {any} recovery */
function longest(recovery) {
  const steps = [recovery.commandsAfterMs, recovery.wakeUpsAfterMs, recovery.claimAfterMs].filter((ms) => ms !== undefined);
  return steps.length === 0 ? undefined : Math.max(...steps);
}

/** @param {{instances: any[]}} props */
export function Connections({ instances }) {
  const rows = instances.flatMap((worker) => (worker.health?.stores ?? []).map((/** @type {any} */ store) => ({ worker, store })));
  if (rows.length === 0) {
    return null;
  }
  return html`<h2>Connections</h2>
    <${Table} label="Connections of instances">
      <thead><tr><th>Instance</th><th>Health</th><th>Redis</th><th>Takes jobs</th><th>Links</th><th>Wake-ups</th><th>Last canary</th></tr></thead>
      <tbody>
        ${rows.map(
          ({ worker, store }) => html`<tr key=${`${worker.name} ${store.store}`}>
            <td><bdi>${worker.name}</bdi></td>
            <td><${Health} health=${worker.health} /></td>
            <td>${store.store}</td>
            <td><span class="tag ${store.takesJobs ? 'good' : 'warn'}">${store.takesJobs ? 'yes' : 'no'}</span></td>
            <td>${count(store.links.verified)} verified${store.links.suspect > 0 ? `, ${count(store.links.suspect)} suspect` : ''}${store.links.connecting > 0 ? `, ${count(store.links.connecting)} connecting` : ''}</td>
            <td><span class="tag ${store.subscription === 'live' ? 'good' : 'warn'}">${store.subscription}</span></td>
            <td><${Time} at=${store.canaryAt} /></td>
          </tr>`,
        )}
      </tbody>
    <//>`;
}

/** @param {{instances: any[]}} props */
export function Recoveries({ instances }) {
  const rows = instances
    .flatMap((worker) => (worker.recoveries ?? []).map((/** @type {any} */ recovery) => ({ name: worker.name, recovery })))
    .sort((one, other) => (one.recovery.at < other.recovery.at ? 1 : -1));
  return html`<h2>Recovery log</h2>
    ${
      rows.length === 0
        ? html`<p class="good">No connection to Redis was disturbed since these instances started.</p>`
        : html`<${Table} label="Recovery log">
            <thead><tr><th>Noticed</th><th>Instance</th><th>Redis</th><th>By</th><th class="number">Links lost</th>
              <th class="number">Commands after</th><th class="number">Wake-ups after</th><th class="number">First claim after</th></tr></thead>
            <tbody>
              ${rows.map(
                ({ name, recovery }, index) => html`<tr key=${`${name} ${index}`}>
                  <td><${Time} at=${recovery.at} /></td>
                  <td><bdi>${name}</bdi></td>
                  <td>${recovery.store}</td>
                  <td>${NOTICED[/** @type {keyof typeof NOTICED} */ (recovery.noticedBy)] ?? recovery.noticedBy}</td>
                  <td class="number">${count(recovery.linksLost)}</td>
                  <td class="number"><${After} ms=${recovery.commandsAfterMs} /></td>
                  <td class="number"><${After} ms=${recovery.wakeUpsAfterMs} /></td>
                  <td class="number"><${After} ms=${recovery.claimAfterMs} /></td>
                </tr>`,
              )}
            </tbody>
          <//>`
    }
    <p class="hint">Of each instance the latest 20 since its start. Times count from the notice.</p>`;
}

/** @param {{ms?: number}} props */
function After({ ms }) {
  return ms === undefined ? html`<span class="none">not yet</span>` : duration(ms);
}
