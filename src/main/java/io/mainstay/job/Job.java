package io.mainstay.job;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A job as the store knows it: what was asked, and what has become of it. */
public record Job(QueueName queue, JobId id, JobSpec spec, JobStatus status) {

    public Job {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(status, "status");
    }

    public JobState state() {
        return status.state();
    }

    /** Until when it must be done; empty for no limit. */
    public Optional<Instant> deadline() {
        return Optional.ofNullable(spec.options().deadline())
                .map(deadline -> deadline.from(status.times().enqueuedAt()));
    }
}
