package io.mainstay.schedule;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A schedule's next run, as it was worked out.
 *
 * @param at empty if it will not run any more
 * @param timedAt the store's time for which it was worked out: if its clock shows an earlier one, it went back, and the
 *     run may be further away than the next one from then
 */
public record NextRun(Optional<Instant> at, Instant timedAt) {

    public NextRun {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(timedAt, "timedAt");
    }
}
