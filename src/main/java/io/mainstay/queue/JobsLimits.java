package io.mainstay.queue;

import io.mainstay.job.Backoff;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.RetryPolicy;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Checks {@link JobsConfig} when the service starts, so that a slip shows there and not at the first job. */
@Singleton
class JobsLimits {

    private static final Duration LEAST = Duration.ofMillis(1);
    /** What Redis can still store in one hash and a claim can still carry. */
    private static final long LARGEST_PAYLOAD = 64L * 1024 * 1024;

    private static final int MOST_SNOOZES = 1_000_000;
    /** The rest of a request around its payload. */
    private static final long AROUND_PAYLOAD = 4 * 1024;

    void check(@Observes StartupEvent event, JobsConfig config) {
        check(config);
    }

    static void check(JobsConfig config) {
        long body = config.maxBody().asLongValue();
        long payload = config.maxPayload().asLongValue();
        long most = Math.min(LARGEST_PAYLOAD, body - AROUND_PAYLOAD);
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
        check("mainstay.jobs.max-timeout", config.maxTimeout(), LEAST, Duration.ofDays(366));
        check("mainstay.jobs.default-timeout", config.defaultTimeout(), LEAST, config.maxTimeout());
        check("mainstay.jobs.max-delay", config.maxDelay(), Duration.ZERO, Duration.ofDays(3660));
        config.defaultExpiresIn()
                .ifPresent(expiry -> check("mainstay.jobs.default-expires-in", expiry, LEAST, config.maxDelay()));
        check("mainstay.jobs.aging", config.aging(), LEAST, Duration.ofDays(1));
        check("mainstay.jobs.max-wait", config.maxWait(), Duration.ZERO, Duration.ofHours(1));
        if (config.maxWaiting() < 0 || config.maxWaiting() > QueueLimits.MOST_WAITING) {
            throw new InvalidValueException(
                    "mainstay.jobs.max-waiting", config.maxWaiting(), "between 0 and " + QueueLimits.MOST_WAITING);
        }
        if (config.maxSnoozes() < 0 || config.maxSnoozes() > MOST_SNOOZES) {
            throw new InvalidValueException(
                    "mainstay.jobs.max-snoozes", config.maxSnoozes(), "between 0 and " + MOST_SNOOZES);
        }
        if (config.maxWaiters() < 0) {
            throw new InvalidValueException("mainstay.jobs.max-waiters", config.maxWaiters(), "0 or more");
        }
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(key, value, "between " + least + " and " + most);
        }
    }
}
