package io.mainstay.mirror;

import io.mainstay.job.JobId;
import java.util.List;

/**
 * What a store lacks of jobs that the other one has. Those that are newer here are in its outbox.
 *
 * @param lacking not here, or older
 * @param gone have ended and were deleted here
 */
public record Compared(List<JobId> lacking, List<JobId> gone) {

    public Compared {
        lacking = List.copyOf(lacking);
        gone = List.copyOf(gone);
    }
}
