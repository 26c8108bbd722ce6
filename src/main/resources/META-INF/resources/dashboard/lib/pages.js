// Lists that come in pages, read to their end or as far as is bearable.

import { get, query } from './api.js';

const LIMIT = 200;
/** With more of them the page would keep Redis busy. */
const MOST_PAGES = 5;

/**
 * Up to 1,000 entries of a list.
 * @param {string} list as in its path, and what its answer calls them: queues, handlers, workers
 * @param {AbortSignal} signal
 * @returns {Promise<{entries: any[], more: boolean, incomplete: boolean}>} more: whether others come after them
 */
export async function allOf(list, signal) {
  /** @type {any[]} */
  const entries = [];
  let cursor;
  let incomplete = false;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await get(`${list}${query({ limit: LIMIT, cursor })}`, signal);
    entries.push(...answer[list]);
    incomplete ||= answer.incomplete === true;
    cursor = answer.next;
    if (cursor === undefined) {
      break;
    }
  }
  return { entries, more: cursor !== undefined, incomplete };
}
