package io.mainstay.worker;

import io.mainstay.handler.JobContext;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.job.TraceParent;
import io.mainstay.queue.JobNote;
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
    /** What it says of itself; null while it said nothing. */
    private volatile Notebook notebook;

    Phase phase = Phase.RUNNING;
    /** Until when the lease surely holds. */
    long leaseUntil;
    /** Makes the handler stop, if it can be made to. */
    Runnable stop = () -> {};
    /** Its place among the running attempts. */
    int place;
    /** Who follows it; set before its handler begins. */
    JobTracer.Delivery delivery = JobTracer.Delivery.NONE;
    /** Told when it has something to say; set before its handler begins. */
    Notes notes;
    /** Whether the store is being told what it said. */
    boolean noting;
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

    /** What it said of itself and the store does not have. */
    Optional<JobNote> unsaid() {
        return notebook == null ? Optional.empty() : notebook.unsaid(lease, attempt());
    }

    void said(JobNote note) {
        notebook.said(note);
    }

    /** Nothing more will come of its handler. */
    void endNotes() {
        if (notebook != null) {
            notes.ended(this);
        }
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
    public void progress(int percent, String note) {
        if (openNotebook().progress(percent, note)) {
            notes.written(this);
        }
    }

    @Override
    public void log(String line) {
        if (openNotebook().log(line)) {
            notes.written(this);
        }
    }

    private synchronized Notebook openNotebook() {
        if (notebook == null) {
            notebook = new Notebook();
        }
        return notebook;
    }
}
