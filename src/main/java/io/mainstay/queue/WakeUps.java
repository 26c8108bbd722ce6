package io.mainstay.queue;

import io.mainstay.job.QueueName;
import java.util.function.Consumer;

/**
 * Hints that a queue has due work. A hint may come late, twice or never: nothing may depend on it but speed.
 */
public interface WakeUps {

    /**
     * Has {@code listener} called for each hint, on any thread; it must return at once.
     *
     * @return ends it when closed; idempotent
     */
    AutoCloseable listen(Consumer<QueueName> listener);
}
