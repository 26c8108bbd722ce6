package io.mainstay.mirror;

import io.mainstay.job.JobState;
import java.util.Optional;

/**
 * Answer of a store that was to keep a copy.
 *
 * @param mirror what it is by now; if it is not one with copies of that epoch, there is none
 * @param there the state of the job that was there; empty if the copy is new, or if there is none
 * @param full why there is none, if too many wait
 */
public record Copied(Optional<Mirror> mirror, Optional<JobState> there, Optional<Full> full) {

    /** How many wait, and how many may. */
    public record Full(long waiting, long limit) {}

    public Copied(Optional<Mirror> mirror, Optional<JobState> there) {
        this(mirror, there, Optional.empty());
    }

    boolean keptIn(long epoch) {
        return mirror.filter(known -> !known.owns() && known.epoch() == epoch).isPresent();
    }
}
