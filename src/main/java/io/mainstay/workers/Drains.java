package io.mainstay.workers;

import io.mainstay.queue.DrainedWorkers;
import io.mainstay.queue.names.InstanceName;
import io.mainstay.queue.names.WorkerName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/** Which workers are drained, as of the last look at the store. While that does not answer, what is known counts until it is over. Thread-safe. */
@Singleton
class Drains implements DrainedWorkers {

    private static final Logger LOG = Logger.getLogger(Drains.class);

    private final WorkerId here;
    private final LongSupplier nanos;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    /** Until when, by {@link #nanos}. */
    private volatile Map<WorkerId, Long> ends = Map.of();

    private volatile int instances;
    private Set<WorkerId> told = Set.of();

    @Inject
    Drains(InstanceName here) {
        this(here.value(), System::nanoTime);
    }

    Drains(String here, LongSupplier nanos) {
        this.here = WorkerId.instance(here);
        this.nanos = nanos;
    }

    @Override
    public boolean drained(String worker) {
        return drained(WorkerId.remote(worker));
    }

    private boolean drained(WorkerId worker) {
        Long end = ends.get(worker);
        return end != null && end - nanos.getAsLong() > 0;
    }

    @Override
    public boolean drainedHere() {
        return drained(here);
    }

    @Override
    public void onChange(Runnable task) {
        listeners.add(task);
    }

    @Override
    public int instances() {
        return instances;
    }

    /** Whether some worker is drained, or was when listeners were told last. */
    synchronized boolean any() {
        return !told.isEmpty() || ends.keySet().stream().anyMatch(this::drained);
    }

    void setInstances(int count) {
        instances = count;
    }

    /** @param drains all there are, each with how long it lasts from now on */
    void set(Map<WorkerId, Duration> drains) {
        long now = nanos.getAsLong();
        Map<WorkerId, Long> next = new HashMap<>();
        drains.forEach((worker, left) -> {
            next.merge(worker, now + left.toNanos(), Math::max);
            // Those who have a token of a worker only ask by what it has of its name.
            next.merge(
                    new WorkerId(worker.kind(), WorkerName.inTokens(worker.name())), now + left.toNanos(), Math::max);
        });
        ends = Map.copyOf(next);
    }

    /** Tells who listens if another one is drained than before, or one no longer. */
    synchronized void tell() {
        Set<WorkerId> now = new HashSet<>(ends.keySet());
        now.removeIf(worker -> !drained(worker));
        if (now.equals(told)) {
            return;
        }
        if (now.contains(here) != told.contains(here)) {
            LOG.infof(
                    "The workers of this instance, %s, %s",
                    here.name(), now.contains(here) ? "take no more jobs: an operator drained it" : "take jobs again");
        }
        told = now;
        listeners.forEach(Runnable::run);
    }
}
