package io.mainstay.schedule;

import java.time.Instant;
import java.util.Optional;

/** Where a schedule goes on after the store's clock went back. */
final class Rewind {

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
}
