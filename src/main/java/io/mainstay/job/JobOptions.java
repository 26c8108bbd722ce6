package io.mainstay.job;

import java.time.Duration;

/**
 * What most jobs do without.
 *
 * @param trace where in a trace the job was asked for, or null
 * @param unique the key it holds, or null
 * @param expiresIn how long after it was due it may still be started for the first time, 1 ms or more; null for no limit
 * @param group what it shares limits and turns with, or null
 * @param deadline until when it must be done, or null
 * @param target where its work goes, for example {@code https://example.org:443}, or null: it waits in line with the jobs
 *     of the same target, so that others do not wait for a slow one. 1 to {@value #LONGEST_TARGET} characters: letters,
 *     digits and {@code . _ - : / [ ] %}
 */
public record JobOptions(
        TraceParent trace, UniqueKey unique, Duration expiresIn, JobGroup group, Deadline deadline, String target) {

    public static final int LONGEST_TARGET = 128;

    public static final JobOptions NONE = new JobOptions(null, null, null, null, null);

    /** Without a target. */
    public JobOptions(TraceParent trace, UniqueKey unique, Duration expiresIn, JobGroup group, Deadline deadline) {
        this(trace, unique, expiresIn, group, deadline, null);
    }

    public JobOptions {
        if (expiresIn != null && expiresIn.toMillis() < 1) {
            throw new InvalidValueException("expiresIn", expiresIn, "more than PT0S");
        }
        if (target != null
                && (target.isEmpty() || target.length() > LONGEST_TARGET || !Ascii.consistsOf(target, "._-:/[]%"))) {
            throw new InvalidValueException("target", target, "[A-Za-z0-9._:/\\[\\]%-]{1," + LONGEST_TARGET + "}");
        }
    }

    /** The same with another trace. */
    public JobOptions withTrace(TraceParent other) {
        return new JobOptions(other, unique, expiresIn, group, deadline, target);
    }
}
