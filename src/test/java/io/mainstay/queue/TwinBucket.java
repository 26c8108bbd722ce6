package io.mainstay.queue;

import java.time.Instant;

/** A token bucket of the in-memory store. It counts in parts of a millisecond of which a token takes a whole number, so it is exact. */
final class TwinBucket {

    /** When it will be full again, in such parts since 1970. */
    private long fullAt;
    /** With another one it is full. */
    private Rate used;

    /** How many tokens there are. */
    int tokens(Rate rate, Instant now) {
        return (int) ((whole(rate) - lacking(rate, now)) / apiece(rate));
    }

    /** When there is one, if there is none. */
    Instant next(Rate rate, Instant now) {
        long parts = lacking(rate, now) + apiece(rate) - whole(rate);
        long millis = -Math.floorDiv(-parts, rate.count());
        return now.plusMillis(Math.max(1, millis));
    }

    void take(Rate rate, int count, Instant now) {
        fullAt = parts(rate, now) + lacking(rate, now) + count * apiece(rate);
        used = rate;
    }

    private long lacking(Rate rate, Instant now) {
        long lacking = fullAt - parts(rate, now);
        // Longer than a period it lacks nothing: the clock has stepped back since.
        return !rate.equals(used) || lacking > whole(rate) ? 0 : Math.max(0, lacking);
    }

    private static long parts(Rate rate, Instant time) {
        return time.toEpochMilli() * rate.count();
    }

    private static long whole(Rate rate) {
        return apiece(rate) * rate.count();
    }

    /** What one token takes: a part is so long that this is the period's length in ms. */
    private static long apiece(Rate rate) {
        return rate.period().toMillis();
    }
}
