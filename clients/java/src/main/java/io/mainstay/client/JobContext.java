package io.mainstay.client;

import java.time.Duration;
import java.util.Optional;

/** The attempt that a handler runs. Thread-safe. */
public interface JobContext {

    /** The job as it was when it was leased. */
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

    /** Rises with every claim of the job: a system that remembers the highest value it saw can refuse late requests. */
    long fence();

    /** The same for every attempt of this job, different for every other job. */
    default String idempotencyKey() {
        return queue() + "/" + id();
    }

    /** Time until the attempt must end; zero when it must stop. */
    Duration timeLeft();

    /** Whether the attempt must stop; its thread was interrupted as well. */
    default boolean cancelled() {
        return stopReason().isPresent();
    }

    /** Why the attempt must stop, if so. */
    Optional<StopReason> stopReason();

    /** As {@link #progress(int, String)}, without a note. */
    default void progress(int percent) {
        progress(percent, "");
    }

    /**
     * Reports progress, which is visible in the job within about a second. Does not wait.
     *
     * @param percent 0 to 100
     * @param note for people; cut to 200 characters
     */
    void progress(int percent, String note);

    /** Writes a line into the job's log, which keeps the latest 50. Does not wait. */
    void log(String line);
}
