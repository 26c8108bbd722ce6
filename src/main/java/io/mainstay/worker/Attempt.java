package io.mainstay.worker;

import io.mainstay.handler.JobContext;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.job.TraceParent;
import io.mainstay.queue.JobTracer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One run of one job, from claim to report; its handler sees it as {@link JobContext}. What a handler can touch is
 * volatile, the rest belongs to the loop. Times are of the local monotonic clock.
 */
final class Attempt implements JobContext {

    /** Where it stands with the crew. */
    enum Phase {
        RUNNING,
        /** Its handler ended by itself. */
        ENDED,
        /** Stopped by the crew; a result that comes now is dropped. */
        STOPPED,
        /** Stopped because somebody else may run the job by now. */
        LOST
    }

    private static final long FAR_AWAY = TimeUnit.DAYS.toNanos(1000);

    private final Job job;
    private final Lease lease;
    private final long startedAt = System.nanoTime();
    private final long deadline;
    private volatile boolean cancelled;
    private volatile int progress;

    Phase phase = Phase.RUNNING;
    /** Until when the lease surely holds. */
    long leaseUntil;
    /** Makes the handler stop, if it can be made to. */
    Runnable stop = () -> {};
    /** Its place among the running attempts. */
    int place;
    /** Who follows it; set before its handler begins. */
    JobTracer.Delivery delivery = JobTracer.Delivery.NONE;
    /** Whether its handler holds a thread. */
    boolean onThread;
    /** Whether it still held one when it was stopped. */
    boolean overdue;

    Attempt(Job job, String token, long leaseUntil) {
        this.job = job;
        this.lease = new Lease(job.id(), token);
        this.leaseUntil = leaseUntil;
        this.deadline = startedAt
                + Math.min(FAR_AWAY, TimeUnit.NANOSECONDS.convert(job.spec().timeout()));
    }

    Job job() {
        return job;
    }

    Lease lease() {
        return lease;
    }

    boolean running() {
        return phase == Phase.RUNNING;
    }

    Duration ran() {
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    boolean pastDeadline(long now) {
        return now - deadline >= 0;
    }

    boolean leaseOver(long now) {
        return now - leaseUntil >= 0;
    }

    void cancel() {
        cancelled = true;
    }

    /** The last figure the handler gave, 0 to 100. */
    int progress() {
        return progress;
    }

    @Override
    public JobId id() {
        return job.id();
    }

    @Override
    public QueueName queue() {
        return job.queue();
    }

    @Override
    public Json payload() {
        return job.spec().payload();
    }

    @Override
    public int attempt() {
        return job.status().attempt();
    }

    @Override
    public int maxAttempts() {
        return job.spec().retry().maxAttempts();
    }

    @Override
    public Duration timeLeft() {
        return cancelled ? Duration.ZERO : Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    @Override
    public Optional<TraceParent> trace() {
        return delivery.trace();
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public void progress(int percent) {
        if (percent < 0 || percent > 100) {
            throw new InvalidValueException("progress", percent, "between 0 and 100");
        }
        progress = percent;
    }
}
