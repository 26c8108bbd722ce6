// Who changed what, newest first.

import { get, query } from '../lib/api.js';
import { html } from '../lib/html.js';
import { useLive } from '../lib/live.js';
import { go, here, place } from '../lib/router.js';
import { Pages, QueueLink, Table, Text, Time, Trouble } from '../ui/parts.js';

const KINDS = { changes: 'Changes', refusals: 'Refused requests', enqueues: 'Enqueues' };
const FILTERS = /** @type {const} */ ([
  ['queue', 'Queue'],
  ['operation', 'Operation'],
  ['caller', 'Id of the caller'],
]);

export function Audit() {
  const { kind = 'changes', queue, operation, caller, cursor } = place.value.query;
  const where = `audit${query({ kind, queue, operation, caller, cursor })}`;
  const live = useLive(where, (signal) => get(where, signal), 10_000);
  const data = live.data.value;
  const submit = (/** @type {any} */ event) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    go(here({ ...Object.fromEntries(FILTERS.map(([name]) => [name, String(fields.get(name)).trim()])), cursor: undefined }));
  };
  return html`<h1>Audit</h1>
    <nav class="tabs" aria-label="Kinds of records">
      ${Object.entries(KINDS).map(([name, title]) => html`<a key=${name} href=${here({ kind: name, cursor: undefined })} aria-current=${name === kind ? 'page' : undefined}>${title}</a>`)}
    </nav>
    <form class="inline" onSubmit=${submit}>
      ${FILTERS.map(([name, title]) => html`<label key=${name}>${title} <input name=${name} defaultValue=${place.value.query[name] ?? ''} spellcheck=${false} /></label>`)}
      <button type="submit">Filter</button>
    </form>
    <${Trouble} live=${live} />
    ${data && (data.records.length === 0 ? html`<p>${data.next ? 'No match among the records looked at; see the next page.' : 'No records.'}</p>` : html`<${Rows} records=${data.records} />`)}
    <${Pages} next=${data?.next} cursor=${cursor} />`;
}

/** @param {{records: any[]}} props */
function Rows({ records }) {
  return html`<${Table} label="Audit records">
    <thead><tr><th>When</th><th>Who</th><th>What</th><th>Queue</th><th>Of</th><th>From</th><th class="number">Status</th><th>Detail</th></tr></thead>
    <tbody>
      ${records.map(
        (record) => html`<tr key=${record.id}>
          <td><${Time} at=${record.at} /></td>
          <td title=${record.caller}><bdi>${record.callerName ?? record.caller ?? 'unknown'}</bdi></td>
          <td>${record.operation ?? '–'}</td>
          <td>${record.queue ? html`<${QueueLink} queue=${record.queue} />` : '–'}</td>
          <td><${Text} text=${record.object ?? ''} /></td>
          <td>${record.from}</td>
          <td class="number">${record.status ?? '–'}</td>
          <td><${Text} text=${record.detail ?? ''} /></td>
        </tr>`,
      )}
    </tbody>
  <//>`;
}
