package io.mainstay.health;

import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.Set;

/** What came of a look at the store. */
sealed interface StoreAnswer {

    /**
     * It answered.
     *
     * @param queues those it knows
     */
    record Reached(Set<QueueName> queues) implements StoreAnswer {}

    /**
     * It failed, or took longer than a probe waits.
     *
     * @param waited at most this long
     */
    record Unreachable(Duration waited) implements StoreAnswer {}
}
