package io.mainstay.queue.changes;

import io.mainstay.job.Bounds;
import io.mainstay.job.JobSpec;
import io.mainstay.job.StartTime;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is to change about a job that waits.
 *
 * @param priority 0 (last) to 9 (first); empty to keep it
 * @param start when it is due; empty to keep that
 */
public record Rescheduling(OptionalInt priority, Optional<StartTime> start) {

    /** Due at once. */
    public static final Rescheduling NOW = new Rescheduling(OptionalInt.empty(), Optional.of(StartTime.NOW));

    public Rescheduling {
        Objects.requireNonNull(start, "start");
        priority.ifPresent(
                value -> Bounds.between("priority", value, JobSpec.LOWEST_PRIORITY, JobSpec.HIGHEST_PRIORITY));
    }
}
