package io.mainstay.worker;

import io.mainstay.handler.JobContext;
import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.job.TraceParent;
import io.mainstay.queue.JobNote;
import io.mainstay.queue.JobTracer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One run of one job, from claim to report; its handler sees it as {@link JobContext}. What a handler can touch is
 * volatile, the rest belongs to the loop. Times are of the local monotonic clock. It goes from {@link Phase#CLAIMED} to {@link Phase#RUNNING} and from either to one of the other three, where it
 * stays.
 */
final class Attempt implements JobContext {

    /** Where it stands. */
    enum Phase {
        /** Has a slot; its handler was not called yet. */
        CLAIMED,
        RUNNING,
        /** Its handler ended by itself. */
        ENDED,
        /** Stopped before its handler ended; a result that comes now is dropped. */
        STOPPED,
        /** Stopped because somebody else may run the job by now. */
        LOST
    }

    private final Job job;
    private final Lease lease;
    private final AttemptTimes times;
    private Phase phase = Phase.CLAIMED;
    /** Whether the store is known to know that the job was received. */
    private boolean received;
    /** Until when the lease surely holds. */
    private long leaseUntil;

    private HandlerRun run = HandlerRun.NONE;
    /** Who follows it, and who is told when it has something to say; set before its handler begins. */
    private JobTracer.Delivery delivery = JobTracer.Delivery.NONE;

    private ProgressReporter progress;

    private volatile boolean cancelled;
    /** What it says of itself; null while it said nothing. */
    private volatile ProgressBuffer buffer;

    Attempt(Job job, String token, long leaseUntil) {
        this.job = job;
        this.lease = new Lease(job.id(), token);
        this.leaseUntil = leaseUntil;
        this.times = new AttemptTimes(job);
    }

    /** From now on its time-out runs. To be called before its handler is. */
    void begin(JobTracer.Delivery delivery, ProgressReporter progress) {
        this.delivery = delivery;
        this.progress = progress;
        phase = Phase.RUNNING;
        times.begin(job.spec().timeout());
    }

    void handledBy(HandlerRun run) {
        this.run = run;
    }

    /** The store knows that the job was received, and its lease holds until then at least. */
    void extendedTo(long until) {
        leaseUntil = until - leaseUntil > 0 ? until : leaseUntil;
        received = true;
    }

    void end() {
        phase = Phase.ENDED;
    }

    /** Its handler is told, and stopped if it can be. */
    void stop(Phase why) {
        phase = why;
        cancelled = true;
        run.stop();
    }

    /** Whether it has not ended, by itself or stopped. */
    boolean active() {
        return phase == Phase.CLAIMED || phase == Phase.RUNNING;
    }

    /** Whether its handler was called. */
    boolean begun() {
        return phase != Phase.CLAIMED;
    }

    boolean lost() {
        return phase == Phase.LOST;
    }

    /** Whether its handler holds a thread, even if it was told to stop. */
    boolean holdsThread() {
        return run.holdsThread();
    }

    /**
     * Whether its handler must not begin yet. The store gives back the attempt of a lease that ends before it knows that the
     * job was received. With the last one that would let a handler that kills its process begin once more than it may, so
     * the store must know first. Nothing in a private queue can do that.
     */
    boolean unconfirmed() {
        return !received && attempt() >= maxAttempts() && !queue().isPrivate();
    }

    /** Whether it runs for so long, in ns, and the store may not know that the job was received. */
    boolean unreceivedFor(long age, long now) {
        return !received && times.runsFor(age, now);
    }

    Job job() {
        return job;
    }

    Lease lease() {
        return lease;
    }

    JobTracer.Delivery delivery() {
        return delivery;
    }

    Duration ran() {
        return times.ran();
    }

    /** Whether it must be over, be it by its time-out or by the job's deadline; never before it began. */
    boolean pastDeadline(long now) {
        return phase == Phase.RUNNING && times.over(now);
    }

    /** Whether no attempt of its job may run then. */
    boolean pastJobsDeadline(long now) {
        return times.pastJobsDeadline(now);
    }

    boolean leaseOver(long now) {
        return now - leaseUntil >= 0;
    }

    /** What it said of itself and the store does not have. */
    Optional<JobNote> unsaid() {
        return buffer == null ? Optional.empty() : buffer.unsaid(lease, attempt());
    }

    void said(JobNote note) {
        buffer.said(note);
    }

    @Override
    public JobId id() {
        return job.id();
    }

    @Override
    public QueueName queue() {
        return job.queue().logical();
    }

    /** Where the job lies, in the store. */
    QueueName place() {
        return job.queue();
    }

    @Override
    public Json payload() {
        return job.spec().payload();
    }

    @Override
    public JobStatus.Starts starts() {
        return job.status().starts();
    }

    @Override
    public int maxAttempts() {
        return job.spec().retry().maxAttempts();
    }

    @Override
    public Duration timeLeft() {
        return cancelled ? Duration.ZERO : times.left();
    }

    @Override
    public void outlastTimeout(Duration by) {
        times.outlastTimeout(by);
    }

    @Override
    public List<String> failures() {
        return job.status().errors().stream().map(AttemptError::type).toList();
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
        if (openBuffer().progress(percent, note)) {
            progress.written(this);
        }
    }

    @Override
    public void log(String line) {
        if (openBuffer().log(line)) {
            progress.written(this);
        }
    }

    private synchronized ProgressBuffer openBuffer() {
        buffer = buffer == null ? new ProgressBuffer() : buffer;
        return buffer;
    }
}
