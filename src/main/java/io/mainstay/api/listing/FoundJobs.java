package io.mainstay.api.listing;

import io.mainstay.job.Job;
import java.util.List;
import java.util.Optional;

/**
 * A page of jobs out of many queues, without payloads and results.
 *
 * @param jobs by queue, and in each in the order of their state
 * @param next cursor of the next page; empty on the last
 * @param complete false if queues may be missing because a part of the store did not answer
 * @param unavailable queues that did not answer, so that nothing of them is known
 */
public record FoundJobs(List<Job> jobs, Optional<String> next, boolean complete, List<String> unavailable) {

    public FoundJobs {
        jobs = List.copyOf(jobs);
        unavailable = List.copyOf(unavailable);
    }

    static FoundJobs of(List<Job> jobs, Optional<SearchCursor> end, QueueWalk walk) {
        return new FoundJobs(jobs, end.map(SearchCursor::text), walk.complete(), walk.unavailable());
    }
}
