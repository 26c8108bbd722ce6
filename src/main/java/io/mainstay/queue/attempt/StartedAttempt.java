package io.mainstay.queue.attempt;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import java.time.Instant;
import java.util.Objects;

/**
 * One attempt of a job, as it was claimed.
 *
 * @param attempt its number, from 1
 * @param runAt when the job was due
 * @param startedAt when it was claimed; both by the store's clock, to the millisecond
 */
public record StartedAttempt(
        QueueName queue, JobId id, HandlerName handler, int attempt, Instant runAt, Instant startedAt) {

    public StartedAttempt {
        Objects.requireNonNull(queue, "queue");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(runAt, "runAt");
        Objects.requireNonNull(startedAt, "startedAt");
    }

    /** @param job as it was claimed */
    public static StartedAttempt of(Job job) {
        Instant runAt = job.status().times().runAt();
        Instant startedAt = job.status().times().startedAt();
        return new StartedAttempt(
                job.queue(),
                job.id(),
                job.spec().handler(),
                job.status().attempt(),
                runAt,
                startedAt == null ? runAt : startedAt);
    }
}
