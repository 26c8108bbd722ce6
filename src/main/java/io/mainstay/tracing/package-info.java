/** Traces of jobs by OpenTelemetry: a span for the enqueue, and one linked to it for each attempt. */
package io.mainstay.tracing;
