package io.mainstay.job;

import java.time.Instant;

/**
 * Why one attempt did not succeed.
 *
 * @param attempt which attempt, from 1
 * @param at when the store learned of it
 * @param type kind of failure: an exception's class name, {@code timeout}, {@code lease-expired}, {@code http-500}, …
 * @param message for people; shortened to {@link #MAX_MESSAGE} characters by whoever reports it
 */
public record AttemptError(int attempt, Instant at, String type, String message) {

    /** Longest message kept, in characters. */
    public static final int MAX_MESSAGE = 1000;
}
