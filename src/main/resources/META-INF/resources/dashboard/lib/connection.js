// What is known of the way to the data: whether the instance behind the page answers, and whether Redis answers it.

import { signal } from '@preact/signals';

/**
 * @typedef {'ok' | 'slow' | 'unreachable' | 'ending' | 'redis'} Connection
 * slow: a request has been waiting for long. unreachable: nobody answers. ending: the instance is about to end. redis: the instance
 * answers, its Redis does not.
 */

/** @type {import('@preact/signals').Signal<Connection>} */
export const connection = signal('ok');

/** When it last was ok, by this browser's clock. */
export const lastGood = signal(Date.now());

/** @param {Connection} state */
export function connectionIs(state) {
  if (state === 'ok') {
    lastGood.value = Date.now();
  }
  if (connection.value !== state) {
    connection.value = state;
  }
}
