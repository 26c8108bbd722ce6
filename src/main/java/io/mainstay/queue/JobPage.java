package io.mainstay.queue;

import io.mainstay.job.Job;
import java.util.List;
import java.util.Optional;

/**
 * One page of jobs. Jobs that move between pages may be seen twice or not at all; those that stay are seen once.
 *
 * @param jobs in the order of their state
 * @param positions where each of the jobs stands; empty if that is not known
 * @param end where the last job stands that was looked at, which is not on the page if it does not match; empty if no job comes after it
 */
public record JobPage(List<Job> jobs, List<Position> positions, Optional<Position> end) {

    /**
     * Where a job stands in the order of its state, to be compared with those of other places of the queue.
     *
     * @param score lowest first, of ended jobs highest first; of jobs with the same, the id decides
     * @param id of the job
     * @param cursor of a page that begins behind it
     */
    public record Position(double score, String id, String cursor) {}

    public JobPage {
        jobs = List.copyOf(jobs);
        positions = List.copyOf(positions);
    }

    /** Of which nobody asks where its jobs stand. */
    public JobPage(List<Job> jobs, Optional<Position> end) {
        this(jobs, List.of(), end);
    }

    /** Cursor of the next page; empty on the last. */
    public Optional<String> next() {
        return end.map(Position::cursor);
    }
}
