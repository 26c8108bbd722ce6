package io.mainstay.queue;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Waits for jobs to end by asking for their state again and again, ever more slowly: a job may end on any instance, and no
 * message about it can be relied on. All who wait for one job share the question. Holds no thread. Those who come when
 * {@link JobsConfig#maxWaiters()} wait, or when the waiting requests hold {@link WaitLimit#MOST_BYTES}, are answered at once,
 * so that waiting cannot crowd out work. Thread-safe.
 */
@ApplicationScoped
public class JobWaiter {

    /** Shorter waits are over before a timer could tell. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private record Key(QueueName queue, JobId id) {}

    private final JobStore store;
    private final WaitLimit limit;
    private final Map<Key, StateWatch> watches = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    JobWaiter(JobStore store, JobsConfig config) {
        this.store = store;
        this.limit = new WaitLimit(config.maxWaiters());
    }

    /**
     * Waits until the job has ended or is gone, the time is over, or the service is about to end. Never fails: a store that does
     * not answer is asked again.
     *
     * @param atMost the longest to wait
     * @param held bytes that the waiting request keeps in memory
     * @return whether there was room to wait
     */
    public Uni<Boolean> awaitEnd(QueueName queue, JobId id, Duration atMost, long held) {
        return Uni.createFrom().deferred(() -> {
            if (stopping || !limit.enter(held)) {
                return Uni.createFrom().item(false);
            }
            return (atMost.compareTo(SHORTEST) < 0 ? Uni.createFrom().voidItem() : ended(new Key(queue, id), atMost))
                    .replaceWith(true)
                    .onTermination()
                    .invoke(() -> limit.leave(held));
        });
    }

    void shutdownAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        stop();
    }

    void shutdown(@Observes ShutdownEvent event) {
        stop();
    }

    /** All waits end now, and none begins any more. */
    void stop() {
        stopping = true;
        watches.values().forEach(StateWatch::end);
    }

    private Uni<Void> ended(Key key, Duration atMost) {
        return Uni.createFrom()
                .<Void>emitter(waiter -> {
                    join(key, waiter);
                    waiter.onTermination(() -> leave(key, waiter));
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(() -> null);
    }

    private void join(Key key, UniEmitter<? super Void> waiter) {
        watches.compute(key, (same, watch) -> {
            StateWatch joined = watch != null ? watch : watch(key);
            joined.add(waiter);
            if (watch == null) {
                // Not before somebody waits, or it would end at once.
                joined.begin();
            }
            return joined;
        });
        // It came between the look at the flag and the end of the others.
        if (stopping) {
            waiter.complete(null);
        }
    }

    private void leave(Key key, UniEmitter<? super Void> waiter) {
        watches.computeIfPresent(key, (same, watch) -> watch.remove(waiter) ? watch : null);
    }

    private StateWatch watch(Key key) {
        StateWatch[] made = new StateWatch[1];
        // Who joins later finds another one; who joined before is in this one.
        made[0] = new StateWatch(() -> store.state(key.queue(), key.id()), () -> watches.remove(key, made[0]));
        return made[0];
    }
}
