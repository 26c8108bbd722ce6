package io.mainstay.inspection;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;

/** Measures queues. */
@FunctionalInterface
public interface QueueMemoryStore {

    /**
     * Estimates from a bounded sample.
     *
     * @param place one place of a queue
     */
    Uni<QueueMemory> memory(QueueName place);
}
