package io.mainstay.queue;

import io.mainstay.job.Job;
import java.util.List;
import java.util.Optional;

/**
 * One page of jobs. Jobs that move while somebody pages may be seen twice or not at all; those that stay are seen once.
 *
 * @param jobs in the order of their state
 * @param next cursor of the next page; empty on the last
 */
public record JobPage(List<Job> jobs, Optional<String> next) {

    public JobPage {
        jobs = List.copyOf(jobs);
    }
}
