package io.mainstay.lease.extend;

import io.mainstay.rest.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How a lease stands.
 *
 * @param until when it ends, by the store's clock, if it is held
 * @param overAt the same by {@link System#nanoTime}, at the earliest
 * @param endsAt when its attempt must be over, by {@link System#nanoTime}
 * @param problem what is wrong, or null
 */
record Standing(Status status, Instant until, long overAt, long endsAt, Problem problem) {

    enum Status {
        HELD,
        /** It is somebody else's by now, or the job ended. */
        LOST,
        CANCELLED,
        /** The attempt's time is over, and it was ended. */
        TIMED_OUT,
        /** There is something wrong with what was asked. */
        INVALID,
        /** The store did not answer. */
        UNAVAILABLE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static final Standing LOST = new Standing(Status.LOST, null, 0, 0, null);
    static final Standing CANCELLED = new Standing(Status.CANCELLED, null, 0, 0, null);
    static final Standing TIMED_OUT = new Standing(Status.TIMED_OUT, null, 0, 0, null);

    static Standing invalid(Problem problem) {
        return new Standing(Status.INVALID, null, 0, 0, problem);
    }

    static Standing unavailable(Problem problem) {
        return new Standing(Status.UNAVAILABLE, null, 0, 0, problem);
    }

    boolean held() {
        return status == Status.HELD;
    }

    /** How long it lasts at least, if it is held. */
    Duration remaining(long now) {
        return Duration.ofNanos(Math.max(0, overAt - now));
    }
}
