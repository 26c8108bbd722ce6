package io.mainstay.lease.callback;

import io.mainstay.job.Job;
import io.mainstay.job.Lease;
import io.mainstay.queue.attempt.OpenAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The attempt of a job that was read.
 *
 * @param now by the store's clock
 */
record JobAttempt(Job job, Lease lease, Instant now) implements OpenAttempt {

    @Override
    public int attempt() {
        return job.status().attempt();
    }

    @Override
    public int maxAttempts() {
        return job.spec().retry().maxAttempts();
    }

    @Override
    public Duration backoff() {
        return job.spec().retry().backoff().after(attempt(), ThreadLocalRandom.current());
    }

    @Override
    public Duration timeout() {
        return job.spec().timeout();
    }

    @Override
    public Optional<Instant> deadline() {
        return job.deadline();
    }

    @Override
    public boolean pastDeadline(Duration fromNow) {
        return deadline()
                .filter(deadline -> !now.plus(fromNow).isBefore(deadline))
                .isPresent();
    }
}
