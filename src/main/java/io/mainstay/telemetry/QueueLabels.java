package io.mainstay.telemetry;

import io.mainstay.job.Bounds;
import io.mainstay.job.QueueName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Which queues are told apart in metrics: the first ones seen, up to the limit, so that a caller who makes up queue
 * names cannot fill the monitoring. Thread-safe.
 */
@Singleton
class QueueLabels {

    /** What no queue can be called. */
    static final String OTHER = "(other)";

    static final int MOST = 10_000;

    private final Set<QueueName> own = ConcurrentHashMap.newKeySet();
    private final Set<QueueName> watched;
    private final int limit;

    @Inject
    QueueLabels(TelemetryConfig config) {
        this(
                config.maxQueues(),
                config.watchedQueues().orElse(Set.of()).stream()
                        .map(QueueName::new)
                        .collect(Collectors.toSet()));
    }

    /** @param watched those that have a label whatever the limit is */
    QueueLabels(int limit, Set<QueueName> watched) {
        this.watched = Set.copyOf(watched);
        own.addAll(watched);
        Bounds.between("mainstay.metrics.max-queues", limit, 0, MOST);
        this.limit = limit + watched.size();
    }

    /** Those of which every job that dies is to be told. */
    Set<QueueName> watched() {
        return watched;
    }

    /** Whether the queue has a label of its own; it gets one if there is room. */
    boolean isOwn(QueueName queue) {
        return own.contains(queue) || admit(queue);
    }

    /** Those that have one. */
    Set<QueueName> own() {
        return Collections.unmodifiableSet(own);
    }

    /** Makes room for another one; it may get one again. */
    void drop(QueueName queue) {
        synchronized (own) {
            if (watched.contains(queue)) {
                return;
            }
            own.remove(queue);
        }
    }

    private boolean admit(QueueName queue) {
        // Read before the lock: once full, as many queues as there are come by here with every job.
        if (own.size() >= limit) {
            return false;
        }
        synchronized (own) {
            return own.size() < limit && (own.add(queue) || own.contains(queue));
        }
    }
}
