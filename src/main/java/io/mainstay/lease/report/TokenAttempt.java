package io.mainstay.lease.report;

import io.mainstay.job.Lease;
import io.mainstay.lease.LeaseToken;
import io.mainstay.queue.attempt.OpenAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The attempt that a token is about.
 *
 * @param now by the store's clock
 */
public record TokenAttempt(LeaseToken token, Instant now) implements OpenAttempt {

    @Override
    public Lease lease() {
        return token.lease();
    }

    @Override
    public int attempt() {
        return token.attempt().attempt();
    }

    @Override
    public int maxAttempts() {
        return token.terms().maxAttempts();
    }

    @Override
    public Duration backoff() {
        return token.terms().backoff();
    }

    @Override
    public Duration timeout() {
        return token.terms().timeout();
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.ofNullable(token.terms().deadline());
    }

    @Override
    public boolean pastDeadline(Duration fromNow) {
        return deadline()
                .filter(deadline -> !now.plus(fromNow).isBefore(deadline))
                .isPresent();
    }
}
