package io.mainstay.health;

import io.mainstay.job.JobIds;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.WorkerStatus;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Looks at a store besides the first: whether it answers, and whether a canary of its own arrives. If none does though
 * it takes them, its connections are replaced. It never makes liveness be down: jobs of that store that nobody takes do, see
 * {@link StuckQueues}. Thread-safe.
 */
final class StoreWatch implements StoreStatus {

    private static final Logger LOG = Logger.getLogger(StoreWatch.class);

    private final WatchedStore store;
    private final StoreProbe probe;
    private final CanaryJob canary;
    private final StallLimit limit;
    private final LongSupplier nanoTime;
    private final AtomicBoolean probing = new AtomicBoolean();
    private volatile boolean answers;
    /** Whether jobs are run here: else there are no canaries. */
    private volatile boolean working;
    /** From when on a canary that does not arrive has no excuse. */
    private volatile long excusedAt;

    StoreWatch(WatchedStore store, StoreProbe probe, CanaryJob canary, StallLimit limit, LongSupplier nanoTime) {
        this.store = store;
        this.probe = probe;
        this.canary = canary;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.excusedAt = nanoTime.getAsLong();
    }

    @Override
    public String name() {
        return store.name();
    }

    @Override
    public boolean takesJobs() {
        return answers && (canary.taken() || !working);
    }

    @Override
    public Duration canaryAge() {
        return canary.age();
    }

    boolean answers() {
        return answers;
    }

    StoreFitness fitness() {
        return store.fitness();
    }

    CanaryJob canary() {
        return canary;
    }

    /** Asks now, for a probe. */
    Uni<StoreAnswer> look() {
        return probe.look();
    }

    /** Asks it, sends a canary, and heals. Returns at once, never fails. */
    void watch(WorkerStatus workers) {
        if (probing.compareAndSet(false, true)) {
            probe.look().subscribe().with(answer -> {
                probing.set(false);
                answers = answer instanceof StoreAnswer.Reached;
            });
        }
        working = workers.enabled() && !workers.draining();
        long now = nanoTime.getAsLong();
        if (!working || !takesJobs() || canary.forgotten() || workers.busy() >= workers.concurrency()) {
            excusedAt = now;
        } else if (unproven(now).compareTo(limit.healAfter()) >= 0) {
            heal();
            excusedAt = now;
        }
        if (working) {
            canary.send();
        }
    }

    private Duration unproven(long now) {
        Duration excused = Duration.ofNanos(now - excusedAt);
        return canary.age().compareTo(excused) < 0 ? canary.age() : excused;
    }

    private void heal() {
        LOG.warnf(
                "no canary job has run through the %s store for %s; its connections are replaced",
                name(), canary.age());
        for (Recyclable each : store.connections()) {
            try {
                each.recycle(StallReason.NO_PROOF.slug());
            } catch (RuntimeException e) {
                LOG.errorf(e, "%s of the %s store could not be replaced", each.name(), name());
            }
        }
    }

    /** With the queue of its own that this instance has there. */
    static StoreWatch of(WatchedStore store, OwnQueue own, JobIds ids, HealthConfig config, StallLimit limit) {
        CanaryJob canary = new CanaryJob(own, store.jobs(), store.leases(), ids, config);
        return new StoreWatch(store, new StoreProbe(store.jobs(), config), canary, limit, System::nanoTime);
    }
}
