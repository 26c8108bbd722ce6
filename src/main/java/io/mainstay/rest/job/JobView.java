package io.mainstay.rest.job;

import io.mainstay.job.Job;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.places.KeptIn;
import io.mainstay.security.Caller;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as a caller may see it. All answers with jobs use it.
 *
 * @param redacted whether payload, result, error messages and what the handler said are left out: without the right to payloads
 *     they are, even if the caller sent them itself, so that nobody must ask whose they are
 * @param keptIn in the answer to an enqueue into a critical queue, which stores have it
 */
public record JobView(Job job, boolean redacted, Optional<KeptIn> keptIn) {

    public JobView {
        Objects.requireNonNull(job, "job");
    }

    public JobView(Job job, boolean redacted) {
        this(job, redacted, Optional.empty());
    }

    public static JobView of(Job job, Caller caller) {
        return new JobView(job, !caller.payload());
    }

    static JobView of(Enqueued added, Caller caller) {
        return new JobView(added.job(), !caller.payload(), added.keptIn());
    }

    /** The same job, as it was read later. */
    JobView added(JobView before) {
        return new JobView(job, redacted, before.keptIn);
    }
}
