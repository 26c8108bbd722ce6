package io.mainstay.queue;

import io.mainstay.job.Bounds;
import io.mainstay.job.JobState;
import io.mainstay.queue.search.JobFilter;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks for one page of jobs.
 *
 * @param state which jobs
 * @param cursor where the last page ended, from {@link JobPage#next()}; empty for the first
 * @param limit most jobs on the page, 1 to {@link #MOST}
 * @param filter which of these
 * @param lookAt most jobs to look at, 1 to {@link #MOST}; with a filter a page may be empty and not the last
 */
public record PageRequest(JobState state, Optional<String> cursor, int limit, JobFilter filter, int lookAt) {

    public static final int MOST = 200;

    public PageRequest {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(cursor, "cursor");
        Bounds.between("limit", limit, 1, MOST);
        Bounds.between("lookAt", lookAt, 1, MOST);
    }

    /** Of all jobs in that state. */
    public PageRequest(JobState state, Optional<String> cursor, int limit) {
        this(state, cursor, limit, JobFilter.ALL, limit);
    }

    /** Of those that match; looks at as many jobs as one page may. */
    public static PageRequest matching(JobState state, Optional<String> cursor, int limit, JobFilter filter) {
        return filter.isAll()
                ? new PageRequest(state, cursor, limit)
                : new PageRequest(state, cursor, limit, filter, MOST);
    }

    /** The same of each of so many places: all of them together look at about as many jobs. */
    public PageRequest eachOf(int places) {
        return filter.isAll() ? this : new PageRequest(state, cursor, limit, filter, Math.max(1, lookAt / places));
    }
}
