// Small things that every page is made of.

import { useState } from 'preact/hooks';
import { exact, serviceNow, tick } from '../lib/clock.js';
import { exactTime, localTime, relative } from '../lib/format.js';
import { html } from '../lib/html.js';
import { here, link } from '../lib/router.js';

/** When something was or will be, the exact time at hand. @param {{at?: string}} props */
export function Time({ at }) {
  if (!at) {
    return html`<span class="none">–</span>`;
  }
  if (exact.value) {
    return html`<time datetime=${at} title=${exactTime(at)}>${localTime(at)}</time>`;
  }
  void tick.value;
  return html`<time datetime=${at} title=${exactTime(at)}>${relative(Date.parse(at) - serviceNow())}</time>`;
}

/** The state of a job, as a word with a colour. @param {{state: string}} props */
export function State({ state }) {
  return html`<span class="state ${state}">${state}</span>`;
}

/** @param {{queue: string}} props */
export function QueueLink({ queue }) {
  return html`<a href=${link(['queues', queue])}><bdi>${queue}</bdi></a>`;
}

/** @param {{queue: string, id: string, label?: string}} props */
export function JobLink({ queue, id, label }) {
  return html`<a href=${link(['queues', queue, 'jobs', id])} class="id"><bdi>${label ?? id}</bdi></a>`;
}

/** Whatever others wrote, as text and nothing else, in its own direction. @param {{text: string}} props */
export function Text({ text }) {
  return html`<bdi class="text">${text}</bdi>`;
}

/** Where the texts of the service have a time; a name that looks like one stays as it is. */
const INSTANT = /(?<=\b(?:at|before|since|deadline,) )(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z)/;

/** What the service explains, its times as local ones, as in the rest of the page. @param {{text: string}} props */
export function Prose({ text }) {
  return html`<bdi class="text">${text.split(INSTANT).map((part, index) => (index % 2 === 0 ? part : html`<time datetime=${part} title=${exactTime(part)}>${localTime(part)}</time>`))}</bdi>`;
}

/** @param {{live: import('../lib/live.js').Live<any>}} props */
export function Trouble({ live }) {
  const problem = live.problem.value;
  if (problem) {
    return problem.passing && live.data.value !== undefined
      ? null
      : html`<p class="problem" role="alert"><strong>${problem.title}.</strong> ${problem.message}</p>`;
  }
  return live.data.value === undefined ? html`<p class="loading">Loading …</p>` : null;
}

/**
 * Does something and says if that went wrong.
 * @param {{label: string, act: () => Promise<unknown>, danger?: boolean, title?: string}} props
 */
export function Action({ label, act, danger, title }) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const run = async () => {
    setBusy(true);
    setProblem('');
    try {
      await act();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return html`<span class="action">
    <button type="button" class=${danger ? 'danger' : ''} title=${title} aria-disabled=${busy} onClick=${busy ? undefined : run}>${label}</button>
    ${problem && html`<span class="problem" role="alert">${problem}</span>`}
  </span>`;
}

/** Pages of a list that goes on with a cursor. @param {{next?: string, cursor?: string}} props */
export function Pages({ next, cursor }) {
  if (!next && !cursor) {
    return null;
  }
  return html`<nav class="pages" aria-label="Pages">
    ${cursor && html`<a class="button" href=${here({ cursor: undefined })}>First page</a>`}
    ${cursor && html`<button type="button" onClick=${() => history.back()}>Back</button>`}
    ${next && html`<a class="button" href=${here({ cursor: next })} data-key="next">Next page</a>`}
  </nav>`;
}

/** Rows that scroll sideways where they have no room. @param {{label: string, children: import('../lib/html.js').Children}} props */
export function Table({ label, children }) {
  return html`<div class="scroll" role="region" aria-label=${label} tabindex="0"><table>${children}</table></div>`;
}

/** Names and values. @param {{entries: [string, import('../lib/html.js').Children][]}} props those without a value are left out */
export function Facts({ entries }) {
  return html`<dl class="facts">
    ${entries
      .filter(([, value]) => value !== undefined && value !== null && value !== '' && value !== false)
      .map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
