package io.mainstay.job;

import java.util.Objects;

/**
 * How often and how fast a failing job is tried again.
 *
 * @param maxAttempts attempts in all, from 1 (no second try) to 1000
 * @param backoff the wait between attempts
 */
public record RetryPolicy(int maxAttempts, Backoff backoff) {

    public static final int MOST_ATTEMPTS = 1000;

    public RetryPolicy {
        Bounds.between("maxAttempts", maxAttempts, 1, MOST_ATTEMPTS);
        Objects.requireNonNull(backoff, "backoff");
    }
}
