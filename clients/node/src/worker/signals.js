const SIGNALS = /** @type {const} */ (['SIGTERM', 'SIGINT']);

/**
 * @param {(times: number) => void} told how often it was signalled
 * @returns {() => void} ends that
 */
export function untilSignalled(told) {
  let times = 0;
  const listener = () => told(++times);
  SIGNALS.forEach((signal) => process.on(signal, listener));
  return () => SIGNALS.forEach((signal) => process.off(signal, listener));
}
