package io.mainstay.maintenance;

import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.WorkerStatus;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Sweeps all known queues, by claims that take nothing, where the workers of this instance do not: they are switched
 * off, serve some queues only, or are all busy. Due jobs and orphans of such queues then show as ready, and wake
 * whoever does serve them.
 */
@Singleton
class Sweeper {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    /** Nothing is leased; the store wants a length all the same. */
    private static final Duration NO_LEASE = Duration.ofSeconds(1);

    private final JobStore jobs;
    private final LeaseStore leases;
    private final WorkerStatus worker;
    private final JobIds ids;
    /** Not the workers' name: the store keeps the latest claim of each claimant, and theirs must stay repeatable. */
    private final String claimant;

    Sweeper(JobStore jobs, LeaseStore leases, WorkerStatus worker, JobIds ids) {
        this.jobs = jobs;
        this.leases = leases;
        this.worker = worker;
        this.ids = ids;
        this.claimant = "sweep-" + ids.nextToken();
    }

    /** What is left is left to the next round. */
    Uni<Void> sweep() {
        if (worker.claimsFromAll()) {
            return Uni.createFrom().voidItem();
        }
        return jobs.queues()
                .onItem()
                .transformToMulti(queues -> Multi.createFrom().iterable(queues))
                .onItem()
                .transformToUniAndConcatenate(this::sweep)
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Claimed> sweep(QueueName queue) {
        return leases.claim(new ClaimRequest(queue, claimant, ids.nextToken(), 0, NO_LEASE))
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "queue %s not swept; the next round will", queue))
                .onFailure()
                .recoverWithNull();
    }
}
