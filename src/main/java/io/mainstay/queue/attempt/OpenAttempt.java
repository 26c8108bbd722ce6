package io.mainstay.queue.attempt;

import io.mainstay.job.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What there is to know of an attempt that is about to end. */
public interface OpenAttempt {

    Lease lease();

    /** Its number, from 1. */
    int attempt();

    /** Attempts of its job in all. */
    int maxAttempts();

    /** The wait that its job asks for, should it fail. */
    Duration backoff();

    /** How long it may run. */
    Duration timeout();

    /** Until when its job must be done; empty for no limit. */
    Optional<Instant> deadline();

    /** Whether that moment will have come so long from now. */
    boolean pastDeadline(Duration fromNow);
}
