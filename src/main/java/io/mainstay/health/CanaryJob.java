package io.mainstay.health;

import io.mainstay.job.Backoff;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobObserver;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.Retention;
import io.mainstay.queue.attempt.StartedAttempt;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Proof of life through the real thing: a job on the private queue of this instance, which must go the whole way,
 * enqueue, wake-up or poll, claim, run, report. Thread-safe.
 *
 * <p>It goes through the same dispatcher, links and worker slots as every job, for one worker's time of a round trip, and only
 * if a worker is free: where all are busy there is nothing to prove. It is not sent by the loop that it is to prove.
 * One is under way at a time. One that does not arrive is sent again under its id, which makes it again should the
 * store have lost it, and which tells in passing whether the store takes writes: claims that fail while it does not
 * are the store's trouble, not ours. Ended ones are deleted now and then; all their keys expire, so a killed
 * instance leaves nothing behind. But what expires may be evicted, all of a canary or parts: if something of it is gone,
 * it proves nothing by staying away, and the next one gets an id of its own.
 *
 * <p>Rejected: one canary queue for all instances (a healthy one would prove the dead ones alive), and a look at the
 * loop alone (a subscription, claims and reports can each be lost while it turns).
 */
@Singleton
class CanaryJob implements JobObserver {

    private static final Logger LOG = Logger.getLogger(CanaryJob.class);

    /** Attempts enough that one lost with its lease is run again; no handler has that name, none is asked. */
    private static final JobSpec SPEC = new JobSpec(
            OwnQueue.HANDLER,
            Json.NULL,
            JobSpec.HIGHEST_PRIORITY,
            new RetryPolicy(RetryPolicy.MOST_ATTEMPTS, new Backoff.Fixed(Duration.ZERO)),
            Duration.ofSeconds(10));

    /** Less than the time after which keys of private queues expire, for this has them last longer. */
    private static final int SENT_PER_PRUNE = 20;

    private static final Retention NONE = new Retention(JobState.SUCCEEDED, Duration.ZERO, 0, 100);

    private final OwnQueue own;
    private final JobStore jobs;
    private final LeaseStore leases;
    private final JobIds ids;
    private final Duration timeout;
    private final LongSupplier nanoTime;
    private final AtomicBoolean sending = new AtomicBoolean();
    private final AtomicReference<NewJob> underWay = new AtomicReference<>();
    private volatile boolean taken;
    private volatile boolean forgotten;
    private volatile long seenAt;
    /** Only while sending. */
    private int sent;

    @Inject
    CanaryJob(OwnQueue own, JobStore jobs, LeaseStore leases, JobIds ids, HealthConfig config) {
        this(own, jobs, leases, ids, config.storeTimeout(), System::nanoTime);
    }

    CanaryJob(OwnQueue own, JobStore jobs, LeaseStore leases, JobIds ids, Duration timeout, LongSupplier nanoTime) {
        this.own = own;
        this.jobs = jobs;
        this.leases = leases;
        this.ids = ids;
        this.timeout = timeout;
        this.nanoTime = nanoTime;
        this.seenAt = nanoTime.getAsLong();
    }

    /** How long ago one arrived; in the beginning, how long ago that was. */
    Duration age() {
        return Duration.ofNanos(nanoTime.getAsLong() - seenAt);
    }

    /** Whether the store took the latest one: whether it takes writes. */
    boolean taken() {
        return taken;
    }

    /** Whether the store had lost the latest one, or a part of it, when that did not arrive. */
    boolean forgotten() {
        return forgotten;
    }

    /** Whether one was sent and has not arrived yet. */
    boolean awaited() {
        return underWay.get() != null;
    }

    /** Has the next one go another way through the store: a part of that does not answer, and it may be where the latest was to go. */
    void goElsewhere() {
        own.move();
        underWay.set(null);
    }

    /** Sends the next one, or the one under way again. Returns at once, never fails. */
    void send() {
        if (!sending.compareAndSet(false, true)) {
            return;
        }
        Optional<NewJob> again = Optional.ofNullable(underWay.get());
        NewJob job = again.orElseGet(this::anew);
        Uni.createFrom()
                .deferred(() -> again.isPresent() ? sendAgain(job) : afterTheLast(job))
                .ifNoItem()
                .after(timeout)
                .fail()
                .onTermination()
                .invoke(() -> sending.set(false))
                .subscribe()
                .with(this::taken, failure -> {
                    taken = false;
                    LOG.debug("the store did not take the canary", failure);
                });
    }

    @Override
    public void finished(StartedAttempt attempt, JobState became, Duration ran) {
        if (own.owns(attempt.queue()) && became == JobState.SUCCEEDED) {
            seenAt = nanoTime.getAsLong();
            forgotten = false;
            forget(attempt.id());
        }
    }

    private Uni<Enqueued> afterTheLast(NewJob job) {
        if (++sent % SENT_PER_PRUNE != 0) {
            return jobs.enqueue(job);
        }
        return leases.prune(job.queue(), NONE).onFailure().recoverWithItem(0).chain(() -> jobs.enqueue(job));
    }

    private NewJob anew() {
        NewJob job = new NewJob(own.name(), ids.nextId(), SPEC, StartTime.NOW).withIdOfItsOwn();
        underWay.set(job);
        return job;
    }

    private Uni<Enqueued> sendAgain(NewJob job) {
        return isForgotten(job.queue(), job.id())
                .invoke(gone -> forgotten = gone)
                .chain(gone -> jobs.enqueue(gone ? anew() : job));
    }

    /** A job that waits or runs is in the queue's figures. One whose hash is lost when it is claimed is dead, unreadable. */
    private Uni<Boolean> isForgotten(QueueName queue, JobId id) {
        return jobs.state(queue, id).flatMap(found -> {
            if (found.isEmpty()) {
                return Uni.createFrom().item(true);
            }
            JobState state = found.get();
            return state.ended()
                    ? Uni.createFrom().item(state == JobState.DEAD)
                    : jobs.figures(List.of(queue)).map(all -> waitingOrRunning(all.get(0)) == 0);
        });
    }

    private static long waitingOrRunning(QueueFigures figures) {
        return figures.counts().get(JobState.READY)
                + figures.counts().get(JobState.SCHEDULED)
                + figures.counts().get(JobState.RUNNING);
    }

    private void taken(Enqueued answer) {
        taken = true;
        if (answer.job().state().ended()) {
            forget(answer.job().id());
        }
    }

    private void forget(JobId id) {
        underWay.updateAndGet(current -> current != null && current.id().equals(id) ? null : current);
    }
}
