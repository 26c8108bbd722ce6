package io.mainstay.health;

import io.mainstay.due.DueListener;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.WorkerStatus;
import io.mainstay.queue.handlers.HeldHandlers;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    private final JobStore store;
    private final WorkerStatus workers;
    private final ClaimLog claims;
    private final HeldHandlers held;
    private final Duration tooLong;
    private final Duration timeout;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Optional<QueueName> stuck = Optional.empty();

    StuckQueues(
            JobStore store,
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
            // What is waited for now has to be waited for anew when the drain is over.
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
                            found -> stuck = Optional.ofNullable(found).map(QueueFigures::queue),
                            failure -> LOG.debug("due jobs not looked at", failure));
        }
    }

    /** Of a queue that cannot be read nothing is said. */
    private Uni<QueueFigures> read(QueueName queue) {
        return store.figures(List.of(queue))
                .map(figures -> figures.get(0))
                .onFailure()
                .recoverWithNull();
    }

    /** The next poll tells of it again if it needs a claim. */
    private void forgetUnlessStuck(QueueFigures figures) {
        if (!isStuck(figures)) {
            claims.forget(figures.queue());
        }
    }

    private boolean isStuck(QueueFigures figures) {
        return !figures.paused()
                && figures.oldestDue().filter(age -> age.compareTo(tooLong) > 0).isPresent();
    }
}
