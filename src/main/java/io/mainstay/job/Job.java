package io.mainstay.job;

import java.util.Objects;

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
}
