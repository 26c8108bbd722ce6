package io.mainstay.queue.waiting;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobsConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * Waits for jobs to end by asking for their states again and again, ever more slowly: a job may end on any instance, and messages
 * about it make that faster, but cannot be relied on. All who wait share the questions. Holds no thread. Those who come when
 * {@link JobsConfig#maxWaiters()} wait, or when the waiting requests hold {@link WaitLimit#MOST_BYTES}, are answered at once,
 * so that waiting cannot crowd out work. Thread-safe.
 */
@ApplicationScoped
public class JobWaiter {

    /** Shorter waits are over before a timer could tell. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final StateLooks looks;
    private final WaitLimit limit;
    private volatile boolean stopping;

    JobWaiter(JobStore store, EndNotices notices, JobsConfig config) {
        this.looks = new StateLooks(store, notices);
        this.limit = new WaitLimit(config.maxWaiters());
        notices.listen(looks);
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
            return (atMost.compareTo(SHORTEST) < 0
                            ? Uni.createFrom().voidItem()
                            : ended(new StateWatch.Key(queue, id), atMost))
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
        looks.endAll();
    }

    private Uni<Void> ended(StateWatch.Key key, Duration atMost) {
        return Uni.createFrom()
                .<Void>emitter(waiter -> {
                    looks.join(key, waiter);
                    waiter.onTermination(() -> looks.leave(key, waiter));
                    // It came between the look at the flag and the end of the others.
                    if (stopping) {
                        waiter.complete(null);
                    }
                })
                .ifNoItem()
                .after(atMost)
                .recoverWithItem(() -> null);
    }
}
