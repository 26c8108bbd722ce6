package io.mainstay.queue;

import io.mainstay.job.Backoff;
import io.mainstay.job.Bounds;
import io.mainstay.job.Durability;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.RetryPolicy;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** What a job may ask for, and what it gets when it does not ask. */
@ConfigMapping(prefix = "mainstay.jobs")
public interface JobsConfig {

    /** Largest payload, in bytes of its JSON text. Raising it costs Redis memory per waiting job. */
    @WithDefault("256K")
    MemorySize maxPayload();

    /**
     * Largest body of a request with one job, or about jobs, in bytes; 4K above {@code max-payload} at least, so that it
     * fits. It is read as a whole.
     */
    @WithDefault("1M")
    MemorySize maxBody();

    /** Attempts in all of a job that names none; 1 means no retry. */
    @WithDefault("10")
    int defaultMaxAttempts();

    /** First wait of the exponential backoff of a job that names none. */
    @WithDefault("PT1S")
    Duration defaultBackoffInitial();

    /** Longest wait of the exponential backoff of a job that names none. */
    @WithDefault("PT1H")
    Duration defaultBackoffMax();

    /** How long an attempt of a job that names no time-out may run. */
    @WithDefault("PT5M")
    Duration defaultTimeout();

    /**
     * How long after it was due a job that does not say so itself may still be started for the first time, 1 ms to
     * {@code max-delay}; none: no limit. Changes nothing about jobs that are there.
     */
    Optional<Duration> defaultExpiresIn();

    /** Durability of a job that names none: memory, replica or fsync. */
    @WithDefault("memory")
    Durability defaultDurability();

    /**
     * How often a job may ask to be run again later without that being an attempt, 0 to 1000000; then it is dead. Bounds what a
     * job that waits for something which never comes costs; 0 allows it to none.
     */
    @WithDefault("1000")
    int maxSnoozes();

    /**
     * How many bytes of the stack trace of its latest failure that has one are kept with a job, 0 to 16 KiB. 0: none is.
     */
    @WithDefault("4K")
    MemorySize maxStack();

    /** Longest time-out a job may ask for. */
    @WithDefault("PT24H")
    Duration maxTimeout();

    /**
     * How many jobs may be ready or scheduled in a queue that has no limit of its own, 0 to 1000000000; further ones are
     * refused (429). A plain job costs Redis about half a KiB.
     */
    @WithDefault("1000000")
    long maxWaiting();

    /**
     * How long a ready job waits until it has aged, 1 ms to 1 day: from then on it gets a share of the starts of its line,
     * one of eight, even while jobs of higher priorities keep coming.
     */
    @WithDefault("PT1M")
    Duration aging();

    /** How far ahead a job may be scheduled or have its deadline, and after how long one that was not started may expire. */
    @WithDefault("P366D")
    Duration maxDelay();

    /** Longest a request may wait for a job to end ({@code Prefer: wait}). */
    @WithDefault("PT60S")
    Duration maxWait();

    /**
     * Most requests of this instance that wait for a job to end at the same time, 0 or more; those beyond are answered
     * without waiting. They ask the store for the states of their jobs together, each once a second while instances hear from one
     * another, else four times; 0 turns waiting off.
     */
    @WithDefault("1000")
    int maxWaiters();

    /** What a report may bring. */
    long MOST_STACK = 16 * 1024;

    /** Refuses values out of bounds when the service starts, so that a slip shows there and not at the first job. */
    static void check(JobsConfig config) {
        // 64 MiB: what Redis can still store in one hash and a claim can carry. 4 KiB: the rest of a request around it.
        long most = Math.min(64L << 20, config.maxBody().asLongValue() - 4 * 1024);
        long payload = config.maxPayload().asLongValue();
        if (payload < 1 || payload > most) {
            throw new InvalidValueException(
                    "mainstay.jobs.max-payload",
                    payload,
                    "between 1 and %d bytes, so that it fits mainstay.jobs.max-body".formatted(most));
        }
        // Their own bounds are theirs to check.
        new RetryPolicy(
                config.defaultMaxAttempts(),
                new Backoff.Exponential(config.defaultBackoffInitial(), config.defaultBackoffMax()));
        Duration least = Duration.ofMillis(1);
        Bounds.between("mainstay.jobs.max-timeout", config.maxTimeout(), least, Duration.ofDays(366));
        Bounds.between("mainstay.jobs.default-timeout", config.defaultTimeout(), least, config.maxTimeout());
        Bounds.between("mainstay.jobs.max-delay", config.maxDelay(), Duration.ZERO, Duration.ofDays(3660));
        config.defaultExpiresIn()
                .ifPresent(
                        expiry -> Bounds.between("mainstay.jobs.default-expires-in", expiry, least, config.maxDelay()));
        Bounds.between("mainstay.jobs.aging", config.aging(), least, Duration.ofDays(1));
        Bounds.between("mainstay.jobs.max-wait", config.maxWait(), Duration.ZERO, Duration.ofHours(1));
        Bounds.between("mainstay.jobs.max-waiting", config.maxWaiting(), 0, QueueLimits.MOST_WAITING);
        Bounds.between("mainstay.jobs.max-snoozes", config.maxSnoozes(), 0, 1_000_000);
        Bounds.between("mainstay.jobs.max-stack", config.maxStack().asLongValue(), 0, MOST_STACK);
        if (config.maxWaiters() < 0) {
            throw new InvalidValueException("mainstay.jobs.max-waiters", config.maxWaiters(), "0 or more");
        }
    }
}
