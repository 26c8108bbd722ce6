// Who uses the page. The key stays in this tab: sessionStorage is gone with it, and no other site can read it.

import { computed, signal } from '@preact/signals';

const STORED = 'mainstay.key';

/**
 * @typedef {{id: string, name: string, roles: string[], queues: string[], payload: boolean}} Me
 */

/** @type {import('@preact/signals').Signal<string | null>} */
export const key = signal(sessionStorage.getItem(STORED));

/** @type {import('@preact/signals').Signal<Me | null>} */
export const me = signal(null);

/** Why the caller has to say who they are; null: they do not. @type {import('@preact/signals').Signal<string | null>} */
export const loginNeeded = signal(null);

/** Of all queues. */
export const allQueues = computed(() => me.value?.queues.includes('*') ?? false);

/** @param {string} given */
export function useKey(given) {
  sessionStorage.setItem(STORED, given);
  key.value = given;
}

/** @param {string} why */
export function forgetKey(why) {
  sessionStorage.removeItem(STORED);
  key.value = null;
  me.value = null;
  loginNeeded.value = why;
}

/** @param {string} role */
export function hasRole(role) {
  return me.value?.roles.includes(role) ?? false;
}

/** Whether the caller may change something in this queue. @param {string} queue */
export function mayOperate(queue) {
  return hasRole('operator') && seesQueue(queue);
}

/** Whether the caller may change what is about all queues: handlers, workers. */
export function mayOperateAll() {
  return hasRole('operator') && allQueues.value;
}

export function mayReadAudit() {
  return hasRole('admin') && allQueues.value;
}

export function seesPayloads() {
  return me.value?.payload ?? false;
}

/** @param {string} queue */
export function seesQueue(queue) {
  const patterns = me.value?.queues ?? [];
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? queue.startsWith(pattern.slice(0, -1)) : pattern === queue,
  );
}
