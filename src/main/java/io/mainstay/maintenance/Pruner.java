package io.mainstay.maintenance;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Retention;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes ended jobs beyond their retention. Every call and every round is bounded; a round that met its bound is
 * followed by the next one soon.
 */
@Singleton
class Pruner {

    private static final Logger LOG = Logger.getLogger(Pruner.class);

    /** Bounds how long one call holds Redis. */
    static final int PER_CALL = 200;

    /** For each queue and state. */
    static final int CALLS_PER_ROUND = 50;

    private final JobStore jobs;
    private final LeaseStore leases;
    private final List<Retention> retentions;

    Pruner(JobStore jobs, LeaseStore leases, RetentionConfig config) {
        this.jobs = jobs;
        this.leases = leases;
        var succeeded = config.succeeded();
        var dead = config.dead();
        var cancelled = config.cancelled();
        this.retentions = List.of(
                new Retention(JobState.SUCCEEDED, succeeded.maxAge(), succeeded.maxCount(), PER_CALL),
                new Retention(JobState.DEAD, dead.maxAge(), dead.maxCount(), PER_CALL),
                new Retention(JobState.CANCELLED, cancelled.maxAge(), cancelled.maxCount(), PER_CALL));
    }

    /** @return whether there may be more to delete */
    Uni<Boolean> prune() {
        return jobs.queues()
                .onItem()
                .transformToMulti(queues -> Multi.createFrom().iterable(queues))
                .onItem()
                .transformToMultiAndConcatenate(queue -> Multi.createFrom()
                        .iterable(retentions)
                        .onItem()
                        .transformToUniAndConcatenate(retention -> prune(queue, retention)))
                .collect()
                .with(Collectors.reducing(false, Boolean::logicalOr));
    }

    private Uni<Boolean> prune(QueueName queue, Retention retention) {
        return Multi.createBy()
                .repeating()
                .uni(() -> leases.prune(queue, retention))
                .whilst(deleted -> deleted >= PER_CALL)
                .select()
                .first(CALLS_PER_ROUND)
                .collect()
                .asList()
                .map(calls -> calls.size() == CALLS_PER_ROUND && calls.get(calls.size() - 1) >= PER_CALL)
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "%s jobs of queue %s not pruned", retention.state(), queue))
                .onFailure()
                .recoverWithItem(false);
    }
}
