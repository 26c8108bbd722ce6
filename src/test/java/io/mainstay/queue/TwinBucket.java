package io.mainstay.queue;

import java.time.Instant;

/** A token bucket of the in-memory store: when it will be full again, in ms since 1970, give or take a thousandth. */
final class TwinBucket {

    private static final double SLACK = 0.001;

    private double fullAt;
    /** With another one it is full. */
    private Rate used;

    /** How many tokens there are. */
    int tokens(Rate rate, Instant now) {
        double lacking = lacking(rate, now);
        return (int) Math.floor((rate.period().toMillis() - lacking + SLACK) / apiece(rate));
    }

    /** When there is one, if there is none. */
    Instant next(Rate rate, Instant now) {
        double lacking = lacking(rate, now);
        double wait = lacking + apiece(rate) - rate.period().toMillis() - SLACK;
        return now.plusMillis(Math.max(1, (long) Math.ceil(wait)));
    }

    void take(Rate rate, int count, Instant now) {
        fullAt = now.toEpochMilli() + lacking(rate, now) + count * apiece(rate);
        used = rate;
    }

    private double lacking(Rate rate, Instant now) {
        double lacking = fullAt - now.toEpochMilli();
        // Longer than a period it lacks nothing: the clock has stepped back since.
        return !rate.equals(used) || lacking > rate.period().toMillis() + SLACK ? 0 : Math.max(0, lacking);
    }

    private static double apiece(Rate rate) {
        return (double) rate.period().toMillis() / rate.count();
    }
}
