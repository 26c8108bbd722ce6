package io.mainstay.handler;

import io.mainstay.job.JobId;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.TraceParent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The attempt that a handler runs. Valid until the attempt ends. Thread-safe. */
public interface JobContext {

    JobId id();

    QueueName queue();

    /** The payload as it was enqueued. */
    Json payload();

    /** How often this job was started, including this attempt. */
    JobStatus.Starts starts();

    /** Which attempt this is, from 1. */
    default int attempt() {
        return starts().attempt();
    }

    /** The last attempt's number; when {@link #attempt()} reaches it, a failure is final. */
    int maxAttempts();

    /**
     * Rises with every claim of this job and is never reset, not even by a requeue. A system that remembers the highest value it saw can
     * refuse late requests of a worker that lost the job.
     */
    default long fence() {
        return starts().claims();
    }

    /** How often this job was requeued or snoozed: with {@link #queue()} and {@link #id()} it identifies one delivery. */
    default int reruns() {
        return starts().reruns();
    }

    /** Time left until the job's time-out or deadline; zero when it is over. */
    Duration timeLeft();

    /**
     * Lets this attempt continue for this long after its time-out, for handlers that cannot stop work they started elsewhere, so
     * that no other attempt starts meanwhile. A deadline of the job, a cancel, a lost lease and the end of the instance still stop it.
     */
    default void outlastTimeout(Duration by) {}

    /** Error types of the failed attempts, the latest last, as far back as the job's errors go; empty if not known. */
    default List<String> failures() {
        return List.of();
    }

    /** The latest of {@link #failures()}; empty if no attempt failed, or it is not known. */
    default Optional<String> lastFailure() {
        List<String> all = failures();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    /** Whether the attempt should stop: time-out, lost lease, cancelled job or shutdown. */
    boolean cancelled();

    /** The same for every attempt of this job, different for every other job. */
    default String idempotencyKey() {
        return queue() + "/" + id();
    }

    /**
     * The trace context of this attempt, to pass on to the systems it calls; with tracing off, the one that came with the enqueue.
     * Empty if there is neither.
     */
    default Optional<TraceParent> trace() {
        return Optional.empty();
    }

    /** As {@link #progress(int, String)}, without a note. */
    default void progress(int percent) {
        progress(percent, "");
    }

    /**
     * Reports progress. It is visible in the job about a second later; of several reports within that time only the latest is
     * kept. Does not wait. Lost if the store does not accept it while the lease lasts.
     *
     * @param percent 0 to 100
     * @param note for people; cut to {@value io.mainstay.job.Progress#MAX_NOTE} characters, on one line
     * @throws io.mainstay.job.InvalidValueException if {@code percent} is out of bounds
     */
    void progress(int percent, String note);

    /**
     * Writes a line into the job's log, which keeps the latest {@value io.mainstay.job.LogLine#KEPT} of all its attempts. It
     * can be read about a second later. Does not wait. Lost if the store does not accept it while the lease lasts.
     *
     * @param line cut to {@value io.mainstay.job.LogLine#MAX_TEXT} characters, on one line
     */
    void log(String line);
}
