package io.mainstay.queue;

import io.mainstay.job.Job;
import io.mainstay.job.StoreUnavailableException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Waits for jobs to end by looking again and again, ever more slowly: a job may end on any instance, and no message
 * about it can be relied on. Holds no thread. Those who come when {@link JobsConfig#maxWaiters()} are waiting already
 * are answered at once, so that waiting cannot crowd out work. Thread-safe.
 */
@ApplicationScoped
public class JobWaiter {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final JobStore store;
    private final int mostWaiters;
    private final AtomicInteger waiters = new AtomicInteger();

    /**
     * What came of a wait.
     *
     * @param job as it was last seen, ended or not
     * @param waited false if there was no room to wait
     */
    public record Waited(Job job, boolean waited) {}

    JobWaiter(JobStore store, JobsConfig config) {
        this.store = store;
        this.mostWaiters = config.maxWaiters();
    }

    /**
     * Waits until the job has ended or the time is over, whichever comes first. A store that does not answer, or has
     * dropped the job meanwhile, does not fail the wait: the job as last seen is the answer.
     *
     * @param job as it is now
     * @param atMost the longest to wait
     */
    public Uni<Waited> awaitEnd(Job job, Duration atMost) {
        if (job.state().ended()) {
            return Uni.createFrom().item(new Waited(job, true));
        }
        return Uni.createFrom().deferred(() -> {
            if (waiters.incrementAndGet() > mostWaiters) {
                waiters.decrementAndGet();
                return Uni.createFrom().item(new Waited(job, false));
            }
            return poll(job, System.nanoTime() + atMost.toNanos())
                    .map(latest -> new Waited(latest, true))
                    .onTermination()
                    .invoke(() -> waiters.decrementAndGet());
        });
    }

    private Uni<Job> poll(Job job, long deadline) {
        return Multi.createBy()
                .repeating()
                .uni(() -> new Watch(job, deadline), Watch::look)
                .whilst(Watch::goesOn)
                .collect()
                .last()
                .map(watch -> watch.seen);
    }

    /** One wait under way; its looks follow one another, so it needs no lock. */
    private final class Watch {

        private final long deadline;
        private Job seen;
        private boolean gone;
        private Duration pause = FIRST_PAUSE;

        Watch(Job seen, long deadline) {
            this.seen = seen;
            this.deadline = deadline;
        }

        Uni<Watch> look() {
            Duration wait = min(pause, Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .by(wait)
                    .chain(() -> store.find(seen.queue(), seen.id()))
                    .invoke(this::see)
                    .replaceWith(this)
                    .onFailure(StoreUnavailableException.class)
                    .recoverWithItem(this);
        }

        boolean goesOn() {
            return !gone && !seen.state().ended() && System.nanoTime() - deadline < 0;
        }

        private void see(Optional<Job> found) {
            gone = found.isEmpty();
            found.ifPresent(job -> seen = job);
        }

        private static Duration min(Duration a, Duration b) {
            return a.compareTo(b) <= 0 ? a : b;
        }
    }
}
