package io.mainstay.job;

import java.time.Instant;
import java.util.Objects;

/**
 * How far a job has come, as its handler said last.
 *
 * @param percent 0 to 100
 * @param note for people, on one line; may be empty
 * @param at when the store learned of it
 */
public record Progress(int percent, String note, Instant at) {

    /** Longest note kept, in characters. */
    public static final int MAX_NOTE = 200;

    public Progress {
        checkPercent(percent);
        Objects.requireNonNull(note, "note");
        Objects.requireNonNull(at, "at");
    }

    /** @throws InvalidValueException if it is out of bounds */
    public static void checkPercent(int percent) {
        Bounds.between("progress", percent, 0, 100);
    }
}
