package io.mainstay.scaling;

import io.mainstay.security.QueuePatterns;
import java.time.Duration;
import java.util.List;

/**
 * What all queues want, and what that is in instances.
 *
 * @param startDelay the objective
 * @param concurrency workers of an instance
 * @param drained instances that are there and take no jobs
 * @param queues those that want workers, the hungriest first
 */
record Demand(Duration startDelay, int concurrency, int drained, List<QueueDemand> queues) {

    /** Of some queues only. */
    Demand of(QueuePatterns wanted) {
        return new Demand(
                startDelay,
                concurrency,
                drained,
                queues.stream()
                        .filter(each ->
                                wanted.matches(each.load().queue().logical().value()))
                        .toList());
    }

    long workers() {
        return (long)
                Math.ceil(queues.stream().mapToDouble(QueueDemand::workers).sum());
    }

    /** 0 if there is nothing to do. Those that are drained are there beside those that do it. */
    long replicas() {
        long working = -Math.floorDiv(-workers(), (long) concurrency);
        return working == 0 ? 0 : working + drained;
    }
}
