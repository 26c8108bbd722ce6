package io.mainstay.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** One run of a leased job. Times are of the local monotonic clock. */
final class Attempt implements JobContext, Runnable {

    /** Learns of the handler's end. */
    interface EndListener {
        void ended(Attempt attempt, Outcome outcome);
    }

    private final Job job;
    private final JsonValue lease;
    private final JobHandler handler;
    private final EndListener listener;
    private final long receivedAt;
    private final Notes notes = new Notes();
    /** Its one report is on its way, or is not to be. */
    private final AtomicBoolean reported = new AtomicBoolean();

    private volatile long leaseUntil;
    /** Whether the lease ends because the attempt may not run longer. */
    private volatile boolean lastLease;

    private volatile StopReason stopReason;
    private Thread thread;

    /** @param json the job with its lease */
    Attempt(JsonValue json, JobHandler handler, EndListener listener, long receivedAt) {
        this.job = new Job(json);
        this.lease = json.get("lease");
        this.handler = handler;
        this.listener = listener;
        this.receivedAt = receivedAt;
        extended(receivedAt + Duration.ofMillis(lease.get("remaining").asLong()).toNanos(), lease);
    }

    String token() {
        return lease.get("token").asString();
    }

    long receivedAt() {
        return receivedAt;
    }

    Notes notes() {
        return notes;
    }

    /**
     * The lease lasts until then.
     *
     * @param answer with the same time by the clock of the service
     */
    void extended(long until, JsonValue answer) {
        leaseUntil = until;
        Optional<Instant> end = Optional.of(answer.get("until").asString(""))
                .filter(text -> !text.isEmpty())
                .map(Instant::parse);
        lastLease = end.isPresent()
                && job.startedAt().isPresent()
                && job.timeout().isPresent()
                && !end.get().isBefore(job.startedAt().get().plus(job.timeout().get()));
    }

    boolean leaseOver(long now) {
        return now - leaseUntil >= 0;
    }

    long leaseUntil() {
        return leaseUntil;
    }

    /** Stops it if its lease is over. */
    void stopIfOver(long now) {
        if (leaseOver(now)) {
            stop(lastLease ? StopReason.TIMED_OUT : StopReason.LOST);
        }
    }

    /** Whether the caller is the one to report on it. */
    boolean mayReport() {
        return reported.compareAndSet(false, true);
    }

    synchronized void stop(StopReason why) {
        if (stopReason == null) {
            stopReason = why;
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    @Override
    public void run() {
        Outcome outcome = null;
        try {
            if (enter()) {
                outcome = handler.run(this);
            }
            if (outcome == null) {
                outcome = Outcome.retry("no-outcome", "the handler returned null instead of an outcome");
            }
        } catch (Throwable thrown) {
            // Errors too: whatever a handler throws ends its attempt and nothing else.
            outcome = Outcome.retry(thrown.getClass().getName(), String.valueOf(thrown.getMessage()));
        } finally {
            leave();
        }
        listener.ended(this, outcome);
    }

    private synchronized boolean enter() {
        thread = Thread.currentThread();
        return stopReason == null;
    }

    private synchronized void leave() {
        thread = null;
        // Ours or the handler's own: either way it is not the next job's.
        Thread.interrupted();
    }

    @Override
    public Job job() {
        return job;
    }

    @Override
    public long fence() {
        return lease.get("fence").asLong();
    }

    @Override
    public Duration timeLeft() {
        if (stopReason != null) {
            return Duration.ZERO;
        }
        Duration limit = job.timeout().orElse(Duration.ofDays(366));
        Duration left = limit.minusNanos(System.nanoTime() - receivedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    @Override
    public void progress(int percent, String note) {
        notes.progress(percent, note);
    }

    @Override
    public void log(String line) {
        notes.log(line);
    }
}
