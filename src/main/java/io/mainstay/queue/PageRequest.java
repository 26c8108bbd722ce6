package io.mainstay.queue;

import io.mainstay.job.Bounds;
import io.mainstay.job.JobState;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks for one page of jobs.
 *
 * @param state which jobs
 * @param cursor where the last page ended, from {@link JobPage#next()}; empty for the first
 * @param limit most jobs on the page, 1 to {@link #MOST}
 */
public record PageRequest(JobState state, Optional<String> cursor, int limit) {

    public static final int MOST = 200;

    public PageRequest {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(cursor, "cursor");
        Bounds.between("limit", limit, 1, MOST);
    }
}
