/** Listens to what happens to jobs and measures it, for Prometheus. */
package io.mainstay.telemetry;
