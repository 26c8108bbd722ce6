package io.mainstay.http;

import io.mainstay.handler.JobContext;
import java.time.Duration;

/**
 * How long an exchange may take.
 *
 * @param limit until there must be an answer, or at least a request that was sent
 * @param beyond how long after that the connection is kept for an answer, if the request was sent
 * @param onSent told when the request is about to be sent
 */
record TimeLimit(Duration limit, Duration beyond, Runnable onSent) {

    /** @param wait for how long after the job's time-out, if the job wants that */
    static TimeLimit of(HttpJob job, JobContext attempt, Duration wait) {
        return job.followUp().waits()
                ? new TimeLimit(attempt.timeLeft(), wait, () -> attempt.outlastTimeout(wait))
                : new TimeLimit(attempt.timeLeft(), Duration.ZERO, () -> {});
    }

    long limitMillis() {
        return Math.max(1, limit.toMillis());
    }
}
