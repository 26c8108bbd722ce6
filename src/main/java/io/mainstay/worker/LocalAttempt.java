package io.mainstay.worker;

import io.mainstay.job.Lease;
import io.mainstay.queue.attempt.OpenAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** An attempt of this process, for the rules by which it ends: times are of the local monotonic clock. */
record LocalAttempt(Attempt of, RandomGenerator random) implements OpenAttempt {

    @Override
    public Lease lease() {
        return of.lease();
    }

    @Override
    public int attempt() {
        return of.attempt();
    }

    @Override
    public int maxAttempts() {
        return of.maxAttempts();
    }

    @Override
    public Duration backoff() {
        return of.job().spec().retry().backoff().after(attempt(), random);
    }

    @Override
    public Duration timeout() {
        return of.job().spec().timeout();
    }

    @Override
    public Optional<Instant> deadline() {
        return of.job().deadline();
    }

    @Override
    public boolean pastDeadline(Duration fromNow) {
        return of.pastJobsDeadline(System.nanoTime() + fromNow.toNanos());
    }
}
