package io.mainstay.api.listing;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.queue.JobQueue;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.rest.job.MatchingJobs;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Looks for jobs in many queues: in one after the other, by name, as an order over all of them would need a look at each. One request
 * looks at a bounded number of queues and jobs, so a page may be empty and go on.
 */
@Singleton
public class JobSearch {

    /**
     * What is looked for.
     *
     * @param state only jobs in this state; empty only together with an id
     * @param limit most jobs on a page
     */
    public record Query(
            Optional<JobState> state, JobFilter filter, QueueRange range, Optional<SearchCursor> cursor, int limit) {}

    private final QueueListing queues;
    private final JobQueue jobs;
    private final JobStore store;

    JobSearch(QueueListing queues, JobQueue jobs, JobStore store) {
        this.queues = queues;
        this.jobs = jobs;
        this.store = store;
    }

    /** All jobs in a state that match. */
    public Uni<FoundJobs> inState(Query query) {
        return Uni.createFrom()
                .deferred(() -> new StateSearch(queues, new MatchingJobs(jobs), query, System::nanoTime).run());
    }

    /** The jobs of one id, which may be in several queues. */
    public Uni<FoundJobs> byId(JobId id, Query query) {
        return Uni.createFrom().deferred(() -> new IdSearch(queues, store, id, query, System::nanoTime).run());
    }
}
