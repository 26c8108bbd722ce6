package io.mainstay.mirror;

import io.mainstay.job.JobId;
import java.util.Objects;
import java.util.Optional;

/**
 * A job that has changed, as it was when it was read.
 *
 * @param order of the change; 0 if it was not in the outbox
 * @param job empty if there is none any more
 */
public record OutboxEntry(JobId id, long order, Optional<MirroredJob> job) {

    public OutboxEntry {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(job, "job");
    }

    /** Tells that a job has gone after it had ended. */
    static OutboxEntry gone(JobId id) {
        return new OutboxEntry(id, 0, Optional.empty());
    }
}
