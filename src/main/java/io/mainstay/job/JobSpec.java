package io.mainstay.job;

import java.time.Duration;
import java.util.Objects;

/**
 * The job as enqueued; except for the priority, it never changes.
 *
 * @param handler what runs the job
 * @param payload passed to the handler unchanged
 * @param priority 0 (last) to 9 (first); within one priority, first come, first served
 * @param retry how often and how fast to try again
 * @param timeout how long one attempt may run, more than zero
 * @param options what most jobs do without
 */
public record JobSpec(
        HandlerName handler, Json payload, int priority, RetryPolicy retry, Duration timeout, JobOptions options) {

    public static final int LOWEST_PRIORITY = 0;
    public static final int HIGHEST_PRIORITY = 9;

    /** Without options. */
    public JobSpec(HandlerName handler, Json payload, int priority, RetryPolicy retry, Duration timeout) {
        this(handler, payload, priority, retry, timeout, JobOptions.NONE);
    }

    public JobSpec {
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(retry, "retry");
        Objects.requireNonNull(options, "options");
        Bounds.between("priority", priority, LOWEST_PRIORITY, HIGHEST_PRIORITY);
        if (timeout == null || timeout.isNegative() || timeout.isZero()) {
            throw new InvalidValueException("timeout", timeout, "more than PT0S");
        }
    }

    /** The same with another payload. */
    public JobSpec withPayload(Json other) {
        return new JobSpec(handler, other, priority, retry, timeout, options);
    }

    /** Where in a trace it was asked for, or null. */
    public TraceParent trace() {
        return options.trace();
    }
}
