// Filters of lists of jobs. They stand in the address, so that a link leads to what they leave.

import { useEffect, useState } from 'preact/hooks';
import { html } from '../lib/html.js';
import { go, here, place } from '../lib/router.js';

/** @typedef {{name: string, label: string, type?: string}} Field */

/** @type {Field[]} */
export const FILTERS = [
  { name: 'handler', label: 'Handler' },
  { name: 'group', label: 'Group' },
  { name: 'errorType', label: 'Error type' },
  { name: 'from', label: 'Enqueued from', type: 'datetime-local' },
  { name: 'to', label: 'Enqueued before', type: 'datetime-local' },
];

/** What of the address filters jobs, as the API takes it. @returns {Record<string, string>} */
export function filters() {
  const { query } = place.value;
  const given = [...FILTERS.map((field) => field.name), 'error'].filter((name) => query[name]);
  return Object.fromEntries(given.map((name) => [name, time(name) ? instant(query[name]) : query[name]]));
}

/** The same, as bulk actions call it. */
export function bulkFilters() {
  const { from, to, ...others } = filters();
  return { ...others, enqueuedFrom: from, enqueuedBefore: to };
}

/** @param {string} name */
function time(name) {
  return name === 'from' || name === 'to';
}

/** @param {string} local as its field has it, by the clock of the browser */
function instant(local) {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? local : date.toISOString();
}

const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?$/;

/** What a field shows of the address, which may have been written by hand. @param {Field} field @param {string} [given] */
function shown({ type }, given = '') {
  return type === 'datetime-local' && !LOCAL_TIME.test(given) ? '' : given;
}

/**
 * A form of fields, whose values go into the address.
 * @param {{fields: Field[], label: string, submit: string, children?: import('../lib/html.js').Children}} props
 */
export function FilterForm({ fields, label, submit, children }) {
  const { query } = place.value;
  const current = () => Object.fromEntries(fields.map((field) => [field.name, shown(field, query[field.name])]));
  const [values, setValues] = useState(current);
  useEffect(() => setValues(current()), [JSON.stringify(current())]);
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    const trimmed = Object.entries(values).map(([name, value]) => [name, value.trim()]);
    go(here({ ...Object.fromEntries(trimmed), cursor: undefined }));
  };
  return html`<form class="inline" role="search" aria-label=${label} onSubmit=${send}>
    ${children}
    ${fields.map(
      ({ name, label: text, type = 'text' }) => html`<label key=${name}>${text}
        <input type=${type} autocomplete="off" spellcheck=${false} value=${values[name]}
          onInput=${(/** @type {any} */ event) => setValues({ ...values, [name]: event.target.value })} /></label>`,
    )}
    <button type="submit">${submit}</button>
  </form>`;
}

/** What is filtered by, each with a way to take it away. */
export function ActiveFilters() {
  const { query } = place.value;
  const active = [...FILTERS, { name: 'error', label: 'Failure' }].filter(({ name }) => query[name]);
  if (active.length === 0) {
    return null;
  }
  return html`<p>Only: ${active.map(
    ({ name, label }) => html`<span key=${name} class="item">${label} <bdi>${query[name]}</bdi>
      <a href=${here({ [name]: undefined, cursor: undefined })} aria-label=${`remove ${label}`}>remove</a> </span>`,
  )}</p>`;
}
