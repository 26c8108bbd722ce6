package io.mainstay.maintenance;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Does one thing for many queues, a few at a time, in the order in which they were added, each within a bound: one that takes
 * long, or whose shard is dead, holds up few others and not for long. A queue that waits already is not added twice. Thread-safe.
 */
final class QueueRounds {

    private static final Logger LOG = Logger.getLogger(QueueRounds.class);
    private static final int AT_A_TIME = 8;
    /** Beyond, the others are added again by a later poll. */
    private static final int MOST_WAITING = 10_000;

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final String name;
    private final Function<QueueName, Uni<Void>> work;
    private final Set<QueueName> waiting = new LinkedHashSet<>();
    private final Set<QueueName> underWay = new LinkedHashSet<>();

    /** @param name for the log */
    QueueRounds(String name, Function<QueueName, Uni<Void>> work) {
        this.name = name;
        this.work = work;
    }

    /** Returns at once. */
    void add(QueueName queue) {
        synchronized (this) {
            if (underWay.contains(queue) || waiting.size() >= MOST_WAITING || !waiting.add(queue)) {
                return;
            }
        }
        next();
    }

    private void next() {
        QueueName queue;
        synchronized (this) {
            if (underWay.size() >= AT_A_TIME || waiting.isEmpty()) {
                return;
            }
            queue = waiting.iterator().next();
            waiting.remove(queue);
            underWay.add(queue);
        }
        Uni.createFrom()
                .deferred(() -> work.apply(queue))
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .onTermination()
                .invoke(() -> ended(queue))
                .subscribe()
                .with(done -> {}, failure -> LOG.debugf(failure, "'%s' of queue %s failed", name, queue));
    }

    private void ended(QueueName queue) {
        synchronized (this) {
            underWay.remove(queue);
        }
        next();
    }
}
