package io.mainstay.client;

import java.time.Duration;
import java.util.Optional;

/** What a handler gets to know about the attempt it runs. Thread-safe. */
public interface JobContext {

    /** The job as it was when it was handed over. */
    Job job();

    default String id() {
        return job().id();
    }

    default String queue() {
        return job().queue();
    }

    default JsonValue payload() {
        return job().payload();
    }

    /** Which attempt this is, from 1. */
    default int attempt() {
        return job().attempt();
    }

    /** The last attempt's number. */
    default int maxAttempts() {
        return job().maxAttempts();
    }

    /** Rises with every claim of the job: whoever keeps the highest that it saw can refuse what comes late. */
    long fence();

    /** The same for every attempt of this job, different for every other job. */
    default String idempotencyKey() {
        return queue() + "/" + id();
    }

    /** Until the attempt has run for as long as it may; zero when it is to stop. */
    Duration timeLeft();

    /** Whether the attempt is to stop; its thread was interrupted as well. */
    default boolean cancelled() {
        return stopReason().isPresent();
    }

    /** Why the attempt is to stop, if it is. */
    Optional<StopReason> stopReason();

    /** As {@link #progress(int, String)}, without a note. */
    default void progress(int percent) {
        progress(percent, "");
    }

    /**
     * Tells how far the attempt has come. Whoever reads the job sees it within a second or so. Does not wait.
     *
     * @param percent 0 to 100
     * @param note for people; cut to 200 characters
     */
    void progress(int percent, String note);

    /** Writes a line into the job's log, which keeps the latest 50. Does not wait. */
    void log(String line);
}
