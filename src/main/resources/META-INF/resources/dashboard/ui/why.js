// Why a job does not run, in words, with a link to what holds it.

import { html } from '../lib/html.js';
import { link } from '../lib/router.js';
import { JobLink, Prose, State, Time } from './parts.js';

/** Where to look, by reason. @type {Record<string, (job: any) => [string, string]>} */
const PLACES = {
  paused: (job) => ['The queue is paused', link(['queues', job.queue])],
  'handler-paused': (job) => ['The handler is paused in the queue', link(['queues', job.queue])],
  'handler-held': (job) => ['The handler is held', link(['handlers', job.handler])],
  concurrency: (job) => ['Limits of the queue', link(['queues', job.queue])],
  rate: (job) => ['Limits of the queue', link(['queues', job.queue])],
  'group-concurrency': (job) => ['Limits of the queue', link(['queues', job.queue])],
  'group-rate': (job) => ['Limits of the queue', link(['queues', job.queue])],
  'in-line': (job) => ['What runs now', link(['queues', job.queue], { state: 'running' })],
  'no-worker': () => ['Workers', link(['workers'])],
  'lease-over': () => ['Workers', link(['workers'])],
  running: () => ['Workers', link(['workers'])],
  'waiting-for-parents': (job) => ['The flow', link(['flows', job.flow ?? ''])],
};

/** Reasons that somebody may have to do something about. */
const TROUBLE = ['paused', 'handler-paused', 'handler-held', 'no-worker', 'lease-over', 'target-unavailable', 'expired', 'deadline-passed'];

/** @param {{why: any, job: any}} props */
export function Why({ why, job }) {
  const place = PLACES[why.reason]?.(job);
  return html`<section class=${`why ${TROUBLE.includes(why.reason) ? 'trouble' : ''}`} aria-label="Why">
    <p><strong>${why.reason}</strong> <${Prose} text=${why.detail} />${place && html` <a href=${place[1]}>${place[0]}</a>`}</p>
    <p class="hint">
      ${why.worker && html`Worker <bdi>${why.worker}</bdi>. `}
      ${why.leaseUntil && html`Lease: <${Time} at=${why.leaseUntil} />. `}
      As of <${Time} at=${why.at} />.
    </p>
    ${why.waitsFor &&
    html`<ul>${why.waitsFor.map(
      (/** @type {any} */ parent) => html`<li key=${parent.id}><${State} state=${parent.state} /> <bdi>${parent.name}</bdi>: <${JobLink} queue=${parent.queue} id=${parent.id} /></li>`,
    )}</ul>`}
  </section>`;
}
