package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import io.mainstay.job.QueueName;
import io.mainstay.queue.attempt.StartedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * A job came into a state.
 *
 * @param queue as callers know it
 * @param state the new one
 * @param attempt how many attempts were started by then
 * @param at when, by the store's clock; where an attempt ended, when it was claimed and how long it ran since
 */
public record StateChange(QueueName queue, JobId id, HandlerName handler, JobState state, int attempt, Instant at) {

    public StateChange {
        queue = queue.logical();
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(at, "at");
    }

    /** The change that made the job what it is. */
    public static StateChange of(Job job) {
        JobStatus status = job.status();
        Instant at =
                switch (job.state()) {
                    case RUNNING -> status.times().startedAt();
                    case SUCCEEDED, DEAD, CANCELLED -> status.times().finishedAt();
                    // A job that was made ready again has a new time; a scheduled one is new, its time lies ahead.
                    case READY -> status.times().runAt();
                    case BLOCKED, SCHEDULED -> status.times().enqueuedAt();
                };
        return of(
                job, job.state(), status.attempt(), at == null ? status.times().enqueuedAt() : at);
    }

    /** What an attempt came to. */
    public static StateChange of(StartedAttempt attempt, JobState became, Duration ran) {
        // Given back, the attempt does not count.
        int counted = attempt.attempt() - (became == JobState.READY ? 1 : 0);
        return new StateChange(
                attempt.queue(),
                attempt.id(),
                attempt.handler(),
                became,
                counted,
                attempt.startedAt().plus(ran));
    }

    private static StateChange of(Job job, JobState state, int attempt, Instant at) {
        return new StateChange(job.queue(), job.id(), job.spec().handler(), state, attempt, at);
    }
}
