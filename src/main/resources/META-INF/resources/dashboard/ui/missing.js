// What a page over many queues lacks.

import { html } from '../lib/html.js';

/** @param {{page?: {incomplete?: boolean, unavailable?: string[]}}} props */
export function Missing({ page }) {
  return html`${page?.incomplete && html`<p class="warning">A part of Redis does not answer; its queues are missing here.</p>`}
    ${page?.unavailable && html`<p class="warning">These queues did not answer and are missing here: <bdi>${page.unavailable.join(', ')}</bdi></p>`}`;
}
