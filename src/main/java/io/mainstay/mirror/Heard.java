package io.mainstay.mirror;

import io.mainstay.job.JobId;
import java.util.List;
import java.util.Optional;

/**
 * Answer of a store that received changes.
 *
 * @param mirror what it is by now; if that is not what the caller believed, nothing was done
 * @param incomplete jobs that it does not have, and whose changes did not hold all of the job
 */
public record Heard(Optional<Mirror> mirror, List<JobId> incomplete) {

    public Heard {
        incomplete = List.copyOf(incomplete);
    }
}
