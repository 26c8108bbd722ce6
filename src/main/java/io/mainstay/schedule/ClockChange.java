package io.mainstay.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;

/**
 * That the clocks of a zone change, and what runs around it.
 *
 * @param before what they showed when they changed, and what after that
 * @param runs from an hour and the length of the change before it to as long after it, the first ten
 */
record ClockChange(Instant at, LocalDateTime before, LocalDateTime after, List<Instant> runs) {

    /** Whether local times are left out; else some come twice. */
    boolean isGap() {
        return after.isAfter(before);
    }
}
