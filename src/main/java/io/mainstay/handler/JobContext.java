package io.mainstay.handler;

import io.mainstay.job.JobId;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import io.mainstay.job.TraceParent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a handler gets to know about the attempt it runs. Valid until the attempt ends. Thread-safe. */
public interface JobContext {

    JobId id();

    QueueName queue();

    /** The payload as it was enqueued. */
    Json payload();

    /** How often this job was begun, this attempt included. */
    JobStatus.Starts starts();

    /** Which attempt this is, from 1. */
    default int attempt() {
        return starts().attempt();
    }

    /** The last attempt's number; when {@link #attempt()} reaches it, a failure is final. */
    int maxAttempts();

    /**
     * Rises with every claim of this job and is never reset, not by a requeue either. Whoever keeps the highest that it saw can
     * refuse what comes late from a worker that lost the job.
     */
    default long fence() {
        return starts().claims();
    }

    /** How often this job was requeued or snoozed: with {@link #queue()} and {@link #id()} it tells one delivery from the next. */
    default int reruns() {
        return starts().reruns();
    }

    /** Time left until the job's time-out or deadline; zero when it is over. */
    Duration timeLeft();

    /**
     * Asks that this attempt be stopped only so long after its time-out, for handlers that cannot stop what they have begun elsewhere, so
     * that no other attempt begins beside it. A deadline of the job, a cancel, a lost lease and the end of the instance stop it as ever.
     */
    default void outlastTimeout(Duration by) {}

    /** What kinds of failures ended earlier attempts, the latest last, as far back as the job's errors go; empty if that is not known. */
    default List<String> failures() {
        return List.of();
    }

    /** The latest of {@link #failures()}. */
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
     * Where in a trace this attempt stands, to be passed on to those it calls; with traces off, what whoever enqueued the
     * job sent. Empty if there is neither.
     */
    default Optional<TraceParent> trace() {
        return Optional.empty();
    }

    /** As {@link #progress(int, String)}, without a note. */
    default void progress(int percent) {
        progress(percent, "");
    }

    /**
     * Tells how far the attempt has come. Whoever reads the job sees it about a second later; what is told in between is not
     * kept. Does not wait. Lost if the store does not take it while the lease lasts.
     *
     * @param percent 0 to 100
     * @param note for people; cut to {@value io.mainstay.job.Progress#MAX_NOTE} characters, on one line
     * @throws io.mainstay.job.InvalidValueException if {@code percent} is out of bounds
     */
    void progress(int percent, String note);

    /**
     * Writes a line into the job's log, which keeps the latest {@value io.mainstay.job.LogLine#KEPT} of all its attempts. It
     * can be read about a second later. Does not wait. Lost if the store does not take it while the lease lasts.
     *
     * @param line cut to {@value io.mainstay.job.LogLine#MAX_TEXT} characters, on one line
     */
    void log(String line);
}
