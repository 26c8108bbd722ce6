package io.mainstay.rest.job;

import io.mainstay.job.Job;
import io.mainstay.security.Caller;
import java.util.Objects;

/**
 * A job as a caller may see it. All answers with jobs use it.
 *
 * @param redacted whether payload, result, error messages and what the handler said are left out: without the right to payloads
 *     they are, even if the caller sent them itself, so that nobody must ask whose they are
 */
public record JobView(Job job, boolean redacted) {

    public JobView {
        Objects.requireNonNull(job, "job");
    }

    public static JobView of(Job job, Caller caller) {
        return new JobView(job, !caller.payload());
    }
}
