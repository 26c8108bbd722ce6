package io.mainstay.inspection;

import java.util.Optional;

/**
 * What a queue takes of the store's memory.
 *
 * @param jobs that it has, whatever their state
 * @param bytes estimated; empty if the store does not say what keys take
 * @param sampled jobs that were measured
 */
public record QueueMemory(long jobs, Optional<Long> bytes, int sampled) {

    static final QueueMemory NONE = new QueueMemory(0, Optional.of(0L), 0);

    QueueMemory plus(QueueMemory other) {
        return new QueueMemory(
                jobs + other.jobs,
                bytes.flatMap(some -> other.bytes.map(more -> some + more)),
                sampled + other.sampled);
    }
}
