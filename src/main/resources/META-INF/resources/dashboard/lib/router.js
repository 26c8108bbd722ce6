// Addresses within the page: #/queues/mail?state=dead. Each place has one, so back, forward and links work as everywhere.

import { signal } from '@preact/signals';

/**
 * @typedef {{parts: string[], query: Record<string, string>}} Place
 */

/** @returns {Place} */
function read() {
  const [path, search] = location.hash.replace(/^#\/?/, '').split('?', 2);
  const parts = path.split('/').filter((part) => part !== '');
  return { parts: parts.map(decode), query: Object.fromEntries(new URLSearchParams(search ?? '')) };
}

/** @param {string} part */
function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** @type {import('@preact/signals').Signal<Place>} */
export const place = signal(read());

addEventListener('hashchange', () => {
  place.value = read();
});

/** @param {string[]} parts @param {Record<string, string | undefined>} [query] empty ones are left out */
export function link(parts, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value);
  const search = given.length === 0 ? '' : `?${new URLSearchParams(/** @type {[string, string][]} */ (given))}`;
  return `#/${parts.map(encodeURIComponent).join('/')}${search}`;
}

/** @param {string} address as {@link link} makes it */
export function go(address) {
  location.hash = address;
}

/** This place with another query. @param {Record<string, string | undefined>} query */
export function here(query) {
  return link(place.value.parts, { ...place.value.query, ...query });
}
