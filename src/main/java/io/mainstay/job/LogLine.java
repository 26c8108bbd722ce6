package io.mainstay.job;

import java.time.Instant;

/**
 * A line of a job's log.
 *
 * @param at when it was written, by the store's clock
 * @param attempt which attempt wrote it, from 1
 * @param text on one line, shortened to {@link #MAX_TEXT} characters by its writer
 */
public record LogLine(Instant at, int attempt, String text) {

    /** Longest text kept, in characters. */
    public static final int MAX_TEXT = 500;
    /** Lines kept of a job, the latest. */
    public static final int KEPT = 50;
}
