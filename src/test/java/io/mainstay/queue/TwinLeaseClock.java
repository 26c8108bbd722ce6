package io.mainstay.queue;

import java.time.Duration;
import java.time.Instant;

/** The time by which leases end: the clock's, less what it stepped back and stretches in which nobody looked at the queue. */
final class TwinLeaseClock {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration LONGEST_STRETCH = Duration.ofSeconds(15);
    private static final Duration STEP_BACK = Duration.ofSeconds(1);

    /** When somebody looked last; null while nothing is timed. */
    private Instant last;

    private Duration offset = Duration.ZERO;
    private boolean leftOut;
    private boolean steppedBack;

    /** Something is timed from now on. */
    void start(Instant now) {
        look(now);
        keep(true, now);
    }

    void look(Instant now) {
        if (last == null) {
            return;
        }
        Duration since = Duration.between(last, now);
        boolean back = since.compareTo(STEP_BACK.negated()) < 0;
        boolean unseen = since.compareTo(LONGEST_STRETCH) > 0 && !leftOut;
        if (back || unseen) {
            offset = offset.minus(since);
            last = now;
            steppedBack |= back;
            leftOut |= unseen;
        }
    }

    /** Whether it did since this was asked last. */
    boolean steppedBack() {
        boolean did = steppedBack;
        steppedBack = false;
        return did;
    }

    Instant leaseTime(Instant now) {
        return now.plus(offset);
    }

    /** A time of leases as one of the clock. */
    Instant asNow(Instant leaseTime) {
        return leaseTime.minus(offset);
    }

    /** At the end of a look. */
    void keep(boolean timed, Instant now) {
        if (last == null) {
            last = timed ? now : null;
            return;
        }
        Duration since = Duration.between(last, now);
        if (since.compareTo(LOOK) >= 0 || leftOut && since.compareTo(STEP_BACK) >= 0) {
            leftOut = timed && since.compareTo(LONGEST_STRETCH) > 0;
            last = timed ? now : null;
            offset = timed ? offset : Duration.ZERO;
        }
    }
}
