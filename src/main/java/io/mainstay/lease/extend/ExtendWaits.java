package io.mainstay.lease.extend;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.DrainedWorkers;
import io.mainstay.queue.LeaseStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Requests that wait for news of their leases, as {@code Cancellations} of in-process workers does it: a hint names jobs that were
 * cancelled, and comes at once or never. Once a second each queue with such leases is asked how many of its running jobs were cancelled so
 * far: one field, whatever the number of leases and requests. Either is only a reason to extend them now, which alone tells whose is lost.
 * Stands still while nobody waits. Thread-safe.
 */
@Singleton
final class ExtendWaits {

    /** Beyond these, requests are answered at once: bounds memory. */
    static final int MOST = 10_000;

    static final int MOST_LEASES = 100_000;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final LeaseStore store;
    private final LeaseLooks looks;
    private final DrainedWorkers drained;
    private final Duration every;

    private final Set<ExtendWait> waits = new HashSet<>();
    private final Map<QueueName, Map<JobId, Set<ExtendWait.Watched>>> watched = new HashMap<>();
    /** As last seen, of queues that had such leases then. */
    private final Map<QueueName, Long> cancelled = new HashMap<>();

    private int leases;
    private boolean looking;
    private boolean stopping;

    @Inject
    ExtendWaits(LeaseStore store, LeaseLooks looks, DrainedWorkers drained) {
        this(store, looks, drained, LOOK_EVERY);
    }

    /** @param every between two looks */
    ExtendWaits(LeaseStore store, LeaseLooks looks, DrainedWorkers drained, Duration every) {
        this.store = store;
        this.looks = looks;
        this.drained = drained;
        this.every = every;
    }

    /** How many requests wait. */
    synchronized int open() {
        return waits.size();
    }

    /**
     * Waits until one of these leases, all of them held now, is not any more, which then is noted; or the worker is to be drained, the
     * instance is to end, or the time is over. Never fails.
     *
     * @param worker null if nobody knows
     */
    Uni<Void> await(Extended extended, String worker, Duration atMost) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> {
                    ExtendWait wait = new ExtendWait(extended, worker, emitter);
                    emitter.onTermination(() -> leave(wait));
                    if (!join(wait)) {
                        wait.end();
                    }
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(() -> null);
    }

    private synchronized boolean join(ExtendWait wait) {
        List<ExtendWait.Watched> more = wait.watched();
        if (stopping || waits.size() >= MOST || leases + more.size() > MOST_LEASES) {
            return false;
        }
        waits.add(wait);
        leases += more.size();
        more.forEach(one -> watched.computeIfAbsent(one.queue(), unknown -> new HashMap<>())
                .computeIfAbsent(one.job(), unknown -> new HashSet<>())
                .add(one));
        if (!looking) {
            looking = true;
            lookLater();
        }
        return true;
    }

    private synchronized void leave(ExtendWait wait) {
        wait.close();
        if (!waits.remove(wait)) {
            return;
        }
        for (ExtendWait.Watched one : wait.watched()) {
            leases--;
            Map<JobId, Set<ExtendWait.Watched>> jobs = watched.get(one.queue());
            Set<ExtendWait.Watched> same = jobs == null ? null : jobs.get(one.job());
            if (same != null && same.remove(one) && same.isEmpty()) {
                jobs.remove(one.job());
                if (jobs.isEmpty()) {
                    watched.remove(one.queue());
                }
            }
        }
    }

    /** These jobs are said to be cancelled. Returns at once. */
    void hint(QueueName queue, Collection<JobId> jobs) {
        look(in(queue, new HashSet<>(jobs)::contains));
    }

    /** Other workers are to be drained than before, maybe. Returns at once. */
    void drainsChanged() {
        List<ExtendWait> all;
        synchronized (this) {
            all = List.copyOf(waits);
        }
        endDrained(all);
    }

    private void endDrained(List<ExtendWait> all) {
        all.stream()
                .filter(wait -> wait.worker() != null && drained.drained(wait.worker()))
                .forEach(ExtendWait::end);
    }

    /** All waits end now, and none begins any more. */
    void stop() {
        List<ExtendWait> all;
        synchronized (this) {
            stopping = true;
            all = List.copyOf(waits);
        }
        all.forEach(ExtendWait::end);
    }

    private synchronized List<ExtendWait.Watched> in(QueueName queue, Predicate<JobId> wanted) {
        List<ExtendWait.Watched> found = new ArrayList<>();
        watched.getOrDefault(queue, Map.of()).forEach((job, some) -> {
            if (wanted.test(job)) {
                found.addAll(some);
            }
        });
        return found;
    }

    private void lookLater() {
        Uni.createFrom().voidItem().onItem().delayIt().by(every).subscribe().with(ignored -> lookAtAll());
    }

    private void lookAtAll() {
        List<ExtendWait> all;
        List<QueueName> queues;
        synchronized (this) {
            all = List.copyOf(waits);
            queues = List.copyOf(watched.keySet());
            if (all.isEmpty()) {
                looking = false;
                cancelled.clear();
                return;
            }
            cancelled.keySet().retainAll(watched.keySet());
        }
        lookLater();
        endDrained(all);
        // Without an answer the next look asks again.
        queues.forEach(queue -> Uni.createFrom()
                .deferred(() -> store.revoked(queue))
                .subscribe()
                .with(count -> seen(queue, count), ignored -> {}));
    }

    /** The first time nothing is known of the time before, so that counts as news. */
    private void seen(QueueName queue, Long count) {
        synchronized (this) {
            if (count.equals(cancelled.put(queue, count))) {
                return;
            }
        }
        look(in(queue, any -> true));
    }

    private void look(List<ExtendWait.Watched> some) {
        if (some.isEmpty()) {
            return;
        }
        looks.extend(some.stream().map(ExtendWait.Watched::lease).toList())
                .subscribe()
                .with(standings -> {
                    for (int i = 0; i < standings.size(); i++) {
                        some.get(i).of().seen(some.get(i).place(), standings.get(i));
                    }
                });
    }
}
