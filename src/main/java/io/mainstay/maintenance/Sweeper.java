package io.mainstay.maintenance;

import io.mainstay.due.DueListener;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.due.Rounds;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.JobDeath;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.WorkerStatus;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Sweeps queues that need a claim, by claims that take nothing, where the workers of this instance do not: they are switched
 * off, serve some queues only, or are all busy. Due jobs and orphans of such queues then show as ready, and wake
 * whoever does serve them.
 */
@Singleton
class Sweeper implements DueListener {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);

    private final LeaseStore leases;
    private final List<JobObserver> observers;
    private final WorkerStatus worker;
    private final JobIds ids;
    /** Not the workers' name: the store keeps the latest claim of each claimant, and theirs must stay repeatable. */
    private final String claimant;

    private final Rounds<QueueName> rounds = new Rounds<>("sweep", this::sweep);

    Sweeper(LeaseStore leases, WorkerStatus worker, JobIds ids, @All List<JobObserver> observers) {
        this.observers = List.copyOf(observers);
        this.leases = leases;
        this.worker = worker;
        this.ids = ids;
        this.claimant = "sweep-" + ids.nextToken();
    }

    @Override
    public void due(List<DueQueue> queues) {
        if (!worker.claimsFromAll()) {
            queues.stream()
                    .filter(due -> due.work() == DueWork.CLAIM
                            && due.now()
                            && !due.queue().isPrivate()
                            && due.handler().map(worker.handlers()::contains).orElse(true))
                    .forEach(due -> rounds.add(due.bucket(), due.queue()));
        }
    }

    private Uni<Void> sweep(QueueName queue) {
        return leases.claim(ClaimRequest.sweep(queue, claimant, ids.nextToken()))
                .invoke(swept -> swept.died().forEach(this::tell))
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.debugf(failure, "queue %s not swept; it is due again soon", queue))
                .onFailure()
                .recoverWithNull();
    }

    private void tell(JobDeath death) {
        for (JobObserver observer : observers) {
            try {
                observer.died(death);
            } catch (RuntimeException thrown) {
                LOG.errorf(thrown, "%s failed; the other listeners are still called", observer.getClass());
            }
        }
    }
}
