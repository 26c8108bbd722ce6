/** Keeps queues true over time, on every instance: sweeps those nobody claims from, deletes what is past its time. */
package io.mainstay.maintenance;
