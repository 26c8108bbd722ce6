// A value as a tree whose parts open and close. Numbers keep their digits; large lists and texts show a part until asked for more.

import { useState } from 'preact/hooks';
import { count } from '../lib/format.js';
import { print } from '../lib/exact-json.js';
import { html } from '../lib/html.js';

/** @typedef {import('../lib/exact-json.js').Node} Node */

const ENTRIES = 100;
const CHARACTERS = 1000;
/** What is so small is open from the start. */
const OPEN_ENTRIES = 20;

/** @param {{value: Node, label: string}} props */
export function Tree({ value, label }) {
  return html`<div class="tree" role="group" aria-label=${label}>
    <${Value} node=${value} depth=${0} />
    <button type="button" class="quiet" onClick=${() => navigator.clipboard?.writeText(print(value))}>Copy as JSON</button>
  </div>`;
}

/** @param {{node: Node, depth: number, name?: string}} props */
function Value({ node, depth, name }) {
  const before = name !== undefined && html`<bdi class="name">${name}</bdi>: `;
  if (node.kind === 'string') {
    return html`<span>${before}<${LongText} text=${node.value} /></span>`;
  }
  if (node.kind === 'number' || node.kind === 'literal') {
    return html`<span>${before}<span class=${node.kind}>${node.text}</span></span>`;
  }
  const length = node.kind === 'object' ? node.fields.length : node.items.length;
  const [begin, end] = node.kind === 'object' ? ['{', '}'] : ['[', ']'];
  if (length === 0) {
    return html`<span>${before}${begin}${end}</span>`;
  }
  return html`<${Branch} before=${before} node=${node} depth=${depth} length=${length} begin=${begin} end=${end} />`;
}

/**
 * @param {{before: any, node: Extract<Node, {kind: 'object' | 'array'}>, depth: number, length: number, begin: string, end: string}} props
 */
function Branch({ before, node, depth, length, begin, end }) {
  const [open, setOpen] = useState(depth < 2 && length <= OPEN_ENTRIES);
  const [shown, setShown] = useState(ENTRIES);
  const entries =
    node.kind === 'object'
      ? node.fields.slice(0, shown).map(([name, value]) => html`<li><${Value} node=${value} depth=${depth + 1} name=${name} /></li>`)
      : node.items.slice(0, shown).map((item) => html`<li><${Value} node=${item} depth=${depth + 1} /></li>`);
  return html`<details open=${open} onToggle=${(/** @type {any} */ event) => setOpen(event.currentTarget.open)}>
    <summary>${before}${begin}<span class="none"> ${count(length)} ${end}</span></summary>
    ${open &&
    html`<ul>${entries}</ul>
      ${length > shown && html`<button type="button" onClick=${() => setShown(shown + ENTRIES * 10)}>${count(length - shown)} more</button>`}`}
  </details>`;
}

/** @param {{text: string}} props */
export function LongText({ text }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= CHARACTERS) {
    return html`<bdi class="string">${text}</bdi>`;
  }
  return html`<bdi class="string">${whole ? text : `${text.slice(0, CHARACTERS)} …`}</bdi>
    <button type="button" onClick=${() => setWhole(!whole)}>
      ${whole ? 'Show less' : `Show all ${count(text.length)} characters`}
    </button>`;
}
