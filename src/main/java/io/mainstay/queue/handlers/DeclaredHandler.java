package io.mainstay.queue.handlers;

import io.mainstay.job.Backoff;
import io.mainstay.job.Json;
import io.mainstay.job.QueueName;
import java.time.Duration;

/**
 * What holds for jobs of a handler that do not say it themselves; what is not declared is null.
 *
 * @param queue where jobs go that name none
 * @param check of payloads
 */
public record DeclaredHandler(QueueName queue, Integer maxAttempts, Backoff backoff, Duration timeout, Check check) {

    public static final DeclaredHandler NOTHING = new DeclaredHandler(null, null, null, null, null);

    /** Compares payloads with the handler's schema. */
    @FunctionalInterface
    public interface Check {

        /** @throws io.mainstay.job.InvalidValueException with what is wrong with it */
        void check(Json payload);
    }
}
