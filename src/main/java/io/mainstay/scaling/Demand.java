package io.mainstay.scaling;

import io.mainstay.security.QueuePatterns;
import java.time.Duration;
import java.util.List;

/**
 * What all queues want, and what that is in instances.
 *
 * @param startDelay the objective
 * @param concurrency workers of an instance
 * @param queues those that want workers, the hungriest first
 */
record Demand(Duration startDelay, int concurrency, List<QueueDemand> queues) {

    /** Of some queues only. */
    Demand of(QueuePatterns wanted) {
        return new Demand(
                startDelay,
                concurrency,
                queues.stream()
                        .filter(each -> wanted.matches(each.load().queue().value()))
                        .toList());
    }

    long workers() {
        return (long)
                Math.ceil(queues.stream().mapToDouble(QueueDemand::workers).sum());
    }

    /** 0 if there is nothing to do. */
    long replicas() {
        return -Math.floorDiv(-workers(), (long) concurrency);
    }
}
