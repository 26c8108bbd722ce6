package io.mainstay.health;

import io.mainstay.due.DueListener;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.handlers.HeldHandlers;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.route.DueJobsStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Looks for a queue that this instance serves, has due jobs, and is not claimed from. Reads only queues of which a poll found
 * that they need a claim, and no claim was heard since, a few at a time, so usually none. A queue whose claims are answered, or fail through the store, does not
 * count: all instances would see the same of it, and none of them could help by dying. Thread-safe.
 */
@Singleton
class StuckQueues implements DueListener {

    private static final Logger LOG = Logger.getLogger(StuckQueues.class);
    private static final int MOST_READ = 20;

    private final DueJobsStore store;
    private final WorkerStatus workers;
    private final ClaimLog claims;
    private final HeldHandlers held;
    private final Duration tooLong;
    private final Duration timeout;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Optional<QueueName> stuck = Optional.empty();

    StuckQueues(
            DueJobsStore store,
            WorkerStatus workers,
            ClaimLog claims,
            HeldHandlers held,
            StallLimit limit,
            StoreProbe probe) {
        this.store = store;
        this.workers = workers;
        this.claims = claims;
        this.held = held;
        this.tooLong = limit.healAfter();
        this.timeout = probe.timeout();
    }

    /** A queue whose due jobs nobody here claims, as of the last look. */
    Optional<QueueName> stuck() {
        return stuck;
    }

    @Override
    public void due(List<DueQueue> queues) {
        if (workers.drained()) {
            return;
        }
        queues.stream()
                .filter(due -> due.work() == DueWork.CLAIM
                        && due.now()
                        && workers.serves(due.queue())
                        && (due.queue().isPrivate()
                                || due.handler().map(this::claimed).orElse(true)))
                .forEach(due -> claims.expected(due.queue()));
    }

    /** Those of a handler that is held wait for that to end. */
    private boolean claimed(HandlerName handler) {
        return workers.handlers().contains(handler) && !held.held(handler);
    }

    /** Looks again. Returns at once, never fails. */
    void look() {
        if (workers.drained()) {
            // What is waited for now must be waited for again when the drain is over.
            claims.forgetAll();
        }
        List<QueueName> suspects = claims.silent(tooLong, MOST_READ);
        if (suspects.isEmpty()) {
            stuck = Optional.empty();
        } else if (looking.compareAndSet(false, true)) {
            Multi.createFrom()
                    .iterable(suspects)
                    .onItem()
                    .transformToUniAndConcatenate(this::read)
                    .invoke(this::forgetUnlessStuck)
                    .filter(this::isStuck)
                    .toUni()
                    .ifNoItem()
                    .after(timeout)
                    .fail()
                    .onTermination()
                    .invoke(() -> looking.set(false))
                    .subscribe()
                    .with(
                            found -> stuck = Optional.ofNullable(found).map(Suspect::queue),
                            failure -> LOG.debug("due jobs could not be checked", failure));
        }
    }

    /** Of a queue that cannot be read nothing is said. */
    private Uni<Suspect> read(QueueName queue) {
        Set<HandlerName> ours = queue.isPrivate() ? Set.of(OwnQueue.HANDLER) : held.claimable(workers.handlers());
        return store.dueJobs(queue, ours)
                .map(due -> new Suspect(queue, due))
                .onFailure()
                .recoverWithNull();
    }

    /** The next poll tells of it again if it needs a claim. */
    private void forgetUnlessStuck(Suspect suspect) {
        if (!isStuck(suspect)) {
            claims.forget(suspect.queue);
        }
    }

    /** Jobs that no worker of this process would take are for others to run. */
    private boolean isStuck(Suspect suspect) {
        DueJobs due = suspect.due;
        return !due.paused()
                && due.startable()
                && due.oldest().filter(age -> age.compareTo(tooLong) > 0).isPresent();
    }

    private record Suspect(QueueName queue, DueJobs due) {}
}
