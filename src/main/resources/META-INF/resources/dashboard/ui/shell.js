// What is around every page: the way to the others, who is here, and what is wrong with the connection.

import { connection, lastGood } from '../lib/connection.js';
import { exact, tick } from '../lib/clock.js';
import { duration } from '../lib/format.js';
import { html } from '../lib/html.js';
import { link, place } from '../lib/router.js';
import { forgetKey, key, me } from '../lib/session.js';

/** @type {Record<import('../lib/connection.js').Connection, string>} */
const TROUBLE = {
  ok: '',
  slow: 'The service takes long to answer.',
  unreachable: 'The service does not answer.',
  ending: 'The instance behind this page is shutting down; another one takes over.',
  redis: 'Redis does not answer the service. Jobs continue when it is back.',
};

/** @param {{pages: import('../app.js').Page[], children: import('../lib/html.js').Children}} props */
export function Shell({ pages, children }) {
  const current = place.value.parts[0] ?? '';
  return html`<header>
      <a class="skip" href="#main" onClick=${skip}>Skip to content</a>
      <a class="brand" href=${link([])}>Mainstay</a>
      <nav aria-label="Pages of the dashboard">
        ${pages.map(
          (page) => html`<a key=${page.path} href=${link(page.path === '' ? [] : [page.path])} aria-current=${page.path === current ? 'page' : undefined}>${page.title}</a>`,
        )}
      </nav>
      <span class="caller">
        <bdi>${me.value?.name}</bdi>
        ${key.value && html`<button type="button" class="quiet" onClick=${() => forgetKey('')}>Sign out</button>`}
      </span>
    </header>
    <${Banner} />
    <main id="main" tabindex="-1">${children}</main>
    <footer><kbd>?</kbd> shows the keys
      <button type="button" class="quiet" aria-pressed=${exact.value} onClick=${() => (exact.value = !exact.value)}>Exact times</button></footer>`;
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function Banner() {
  const state = connection.value;
  void tick.value;
  return html`<div role="status" class="connection ${state}">
    ${state !== 'ok' &&
    html`<strong>${TROUBLE[state]}</strong> What you see is ${duration(Math.max(1, Math.round((Date.now() - lastGood.value) / 1000)) * 1000)} old. Trying again …`}
  </div>`;
}
