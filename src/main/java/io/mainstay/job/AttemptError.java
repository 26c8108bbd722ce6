package io.mainstay.job;

import java.time.Instant;

/**
 * Why one attempt did not succeed.
 *
 * @param attempt which attempt, from 1
 * @param at when the store learned of it
 * @param type kind of failure: an exception's class name, {@code timeout}, {@code lease-expired}, {@code
 *     not-received}, {@code http-500}, …
 * @param message for people; shortened to {@link #MAX_MESSAGE} characters by the reporter
 * @param startedAt when the attempt began, or null if it is not known, or what went wrong was no attempt
 * @param worker the end of the host name of the instance that ran it, or null if that is not known
 */
public record AttemptError(int attempt, Instant at, String type, String message, Instant startedAt, String worker) {

    /** Longest message kept, in characters. */
    public static final int MAX_MESSAGE = 1000;
}
