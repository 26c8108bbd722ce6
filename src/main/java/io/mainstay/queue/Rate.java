package io.mainstay.queue;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import java.time.Duration;

/**
 * How many jobs may start in a time, as a token bucket: so many at once after a pause, then one each
 * {@code period / count}.
 *
 * @param count 1 to 1000000
 * @param period 1 ms to 1 day, in whole ms; a thousandth of a ms for each start at least
 */
public record Rate(int count, Duration period) {

    private static final int MOST = 1_000_000;
    private static final long MOST_PER_MS = 1000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    public Rate {
        Bounds.between("rate.count", count, 1, MOST);
        Bounds.between("rate.period", period, SHORTEST, LONGEST);
        if (period.toNanosPart() % SHORTEST.toNanos() != 0) {
            throw new InvalidValueException("rate.period", period, "whole milliseconds");
        }
        if (count > MOST_PER_MS * period.toMillis()) {
            throw new InvalidValueException("rate.count", count, "at most " + MOST_PER_MS + " for each millisecond");
        }
    }
}
