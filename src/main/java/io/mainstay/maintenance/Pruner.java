package io.mainstay.maintenance;

import io.mainstay.due.DueListener;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.due.Rounds;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.Pruning;
import io.mainstay.queue.Retention;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Deletes ended jobs beyond their retention, and forgets queues that have had nothing for a while, of queues where that is due. */
@Singleton
class Pruner implements DueListener {

    private static final Logger LOG = Logger.getLogger(Pruner.class);

    /** Bounds how long one call holds Redis: of each state. */
    static final int PER_CALL = 200;

    /** For each queue; what is left is due again at once. */
    static final int CALLS_PER_ROUND = 50;

    private final LeaseStore leases;
    private final Pruning pruning;
    private final Rounds<QueueName> rounds;

    Pruner(LeaseStore leases, RetentionConfig config, ForgetConfig forget) {
        this.leases = leases;
        var succeeded = config.succeeded();
        var dead = config.dead();
        var cancelled = config.cancelled();
        List<Retention> retentions = List.of(
                new Retention(JobState.SUCCEEDED, succeeded.maxAge(), succeeded.maxCount(), PER_CALL),
                new Retention(JobState.DEAD, dead.maxAge(), dead.maxCount(), PER_CALL),
                new Retention(JobState.CANCELLED, cancelled.maxAge(), cancelled.maxCount(), PER_CALL));
        this.pruning = new Pruning(retentions, config.interval(), forget.forgetAfter());
        this.rounds = new Rounds<>("prune", this::prune);
    }

    @Override
    public void due(List<DueQueue> queues) {
        queues.stream()
                .filter(due -> due.work() == DueWork.PRUNE && due.now())
                .forEach(due -> rounds.add(due.bucket(), due.queue()));
    }

    /** Until there is no more to delete now, or for so many calls. Never fails. */
    Uni<Void> prune(QueueName queue) {
        return Multi.createBy()
                .repeating()
                .uni(() -> leases.prune(queue, pruning))
                .whilst(deleted -> deleted >= PER_CALL)
                .select()
                .first(CALLS_PER_ROUND)
                .onItem()
                .ignoreAsUni()
                .onFailure()
                .invoke(failure ->
                        LOG.debugf(failure, "ended jobs of queue %s not pruned; they are due again soon", queue))
                .onFailure()
                .recoverWithNull();
    }
}
