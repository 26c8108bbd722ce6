package io.mainstay.redis.topology;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.queue.JobStore;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Enqueues one job after the other into a queue, until it is closed, and sees how long that takes. */
final class Pulse implements AutoCloseable {

    static final JobSpec SPEC = new JobSpec(
            new HandlerName("noop"),
            new Json("{}"),
            4,
            new RetryPolicy(3, new Backoff.Fixed(Duration.ZERO)),
            Duration.ofMinutes(1));
    private static final Duration BEAT = Duration.ofMillis(5);

    private final JobStore store;
    private final QueueName queue;
    private final AtomicInteger sent = new AtomicInteger();
    private final Set<JobId> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicLong slowestNanos = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean idle;

    Pulse(JobStore store, QueueName queue) {
        this.store = store;
        this.queue = queue;
        beat();
    }

    /** Waits until as many more jobs were acknowledged. */
    Pulse awaitBeats(int more, Duration atMost) {
        int goal = acknowledged.size() + more;
        Awaitility.await("jobs enqueued into " + queue)
                .atMost(atMost)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> acknowledged.size() >= goal);
        return this;
    }

    void forgetSlowest() {
        slowestNanos.set(0);
    }

    /** The slowest answer so far, with all repeats. */
    Duration slowest() {
        return Duration.ofNanos(slowestNanos.get());
    }

    Set<JobId> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    @Override
    public void close() {
        stop();
    }

    /** Returns when nothing is under way any more. */
    void stop() {
        closed = true;
        Awaitility.await("the last enqueue").atMost(Duration.ofSeconds(30)).until(() -> idle);
    }

    private void beat() {
        if (closed) {
            idle = true;
            return;
        }
        JobId id = new JobId("job-" + sent.incrementAndGet());
        long begun = System.nanoTime();
        store.enqueue(new NewJob(queue, id, SPEC, StartTime.NOW))
                .subscribe()
                .with(
                        done -> {
                            acknowledged.add(id);
                            next(begun);
                        },
                        error -> next(begun));
    }

    private void next(long begun) {
        slowestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
        Uni.createFrom().voidItem().onItem().delayIt().by(BEAT).subscribe().with(ignored -> beat());
    }
}
