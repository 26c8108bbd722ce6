package io.mainstay.job;

import java.time.Duration;

/**
 * What most jobs do without.
 *
 * @param trace where in a trace the job was asked for, or null
 * @param unique the key it holds, or null
 * @param expiresIn how long after it was due it may still be started for the first time, 1 ms or more; null for ever
 * @param group what it shares limits and turns with, or null
 * @param deadline until when it must be done, or null
 */
public record JobOptions(TraceParent trace, UniqueKey unique, Duration expiresIn, JobGroup group, Deadline deadline) {

    public static final JobOptions NONE = new JobOptions(null, null, null, null, null);

    public JobOptions {
        if (expiresIn != null && expiresIn.toMillis() < 1) {
            throw new InvalidValueException("expiresIn", expiresIn, "more than PT0S");
        }
    }

    /** The same with another trace. */
    public JobOptions withTrace(TraceParent other) {
        return new JobOptions(other, unique, expiresIn, group, deadline);
    }
}
