package io.mainstay.schedule;

import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Where a schedule goes on after the store's clock went back. */
final class Rewind {

    private static final Logger LOG = Logger.getLogger(Rewind.class);

    private Rewind() {}

    /**
     * The stored next run, if no more than one other comes before it: that one had its job before the clock went back, and
     * a nightly run must not come twice because a clock was corrected by a minute. Else the first of those that come again,
     * for a schedule must not be silent for as long as the clock went back.
     *
     * @param stored next run, after {@code now}
     * @param now the store's time
     */
    static Optional<Instant> next(Recurrence recurrence, Instant stored, Instant now) {
        Optional<Instant> first = recurrence.after(now);
        boolean several =
                first.flatMap(recurrence::after).filter(stored::isAfter).isPresent();
        return several ? first : Optional.of(stored);
    }

    /** Of schedules that were claimed though their next run is ahead. */
    static void warnOf(DueSchedules due) {
        long ahead = due.schedules().stream()
                .filter(schedule -> schedule.next().filter(due.now()::isBefore).isPresent())
                .count();
        if (ahead > 0) {
            LOG.warnf("the clock of Redis went back to %s; schedules calculated again: %d", due.now(), ahead);
        }
    }
}
