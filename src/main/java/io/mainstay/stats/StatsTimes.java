package io.mainstay.stats;

import io.mainstay.job.InvalidValueException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads times and steps as they are written in a query. */
final class StatsTimes {

    private static final Duration LONGEST_AGO = Duration.ofDays(400);
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final String TIME = "a time such as 2026-11-23T04:37:37Z, or how long ago: PT6H";
    private static final String STEP = "PT1M, PT10M or PT1H";

    private StatsTimes() {}

    /** A time, or how long before {@code now}. */
    static Instant time(String field, String text, Instant now) {
        try {
            if (!text.startsWith("P")) {
                return within(OffsetDateTime.parse(text).toInstant());
            }
            Duration ago = Duration.parse(text);
            if (!ago.isNegative()) {
                return now.minus(ago.compareTo(LONGEST_AGO) > 0 ? LONGEST_AGO : ago);
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new InvalidValueException(field, text, TIME);
    }

    /** Where milliseconds can be counted. */
    private static Instant within(Instant time) {
        if (time.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return time.isAfter(LATEST) ? LATEST : time;
    }

    static Resolution step(String text) {
        try {
            Resolution known = Resolution.of(Duration.parse(text));
            if (known != null) {
                return known;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw new InvalidValueException("step", text, STEP);
    }
}
