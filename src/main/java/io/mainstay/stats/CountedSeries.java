package io.mainstay.stats;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The series of this instance that something is counted of. Finding one allocates nothing. There are a thousand at most; what is beyond
 * is counted together. One of which nothing was counted for a while is struck off. Thread-safe.
 */
final class CountedSeries {

    static final int MOST = 1000;

    private final Map<QueueName, Map<HandlerName, LiveCounts>> all = new ConcurrentHashMap<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LiveCounts others = new LiveCounts();
    /** Struck off in the round before: somebody may still have held one, to count. */
    private Map<Series, LiveCounts> leaving = new HashMap<>();

    /**
     * What was counted since this was asked last.
     *
     * @param others of series beyond the bound
     */
    record Taken(Map<Series, JobCounts> series, JobCounts others) {}

    LiveCounts of(QueueName place, HandlerName handler) {
        Map<HandlerName, LiveCounts> ofQueue = all.get(place.logical());
        LiveCounts known = ofQueue == null ? null : ofQueue.get(handler);
        return known != null ? known : admitted(place.logical(), handler);
    }

    synchronized Taken take() {
        Map<Series, JobCounts> taken = new HashMap<>();
        leaving.forEach((series, counts) -> add(taken, series, counts.take()));
        leaving = new HashMap<>();
        for (Iterator<Map.Entry<QueueName, Map<HandlerName, LiveCounts>>> queues =
                        all.entrySet().iterator();
                queues.hasNext(); ) {
            Map.Entry<QueueName, Map<HandlerName, LiveCounts>> queue = queues.next();
            takeOf(queue.getKey(), queue.getValue(), taken);
            if (queue.getValue().isEmpty()) {
                queues.remove();
            }
        }
        return new Taken(taken, others.take());
    }

    private void takeOf(QueueName queue, Map<HandlerName, LiveCounts> handlers, Map<Series, JobCounts> taken) {
        List<HandlerName> quiet = new ArrayList<>();
        handlers.forEach((handler, live) -> {
            JobCounts counts = live.take();
            if (counts.none()) {
                quiet.add(handler);
            } else {
                add(taken, new Series(queue, handler), counts);
            }
        });
        quiet.forEach(handler -> {
            leaving.put(new Series(queue, handler), handlers.remove(handler));
            size.decrementAndGet();
        });
    }

    private static void add(Map<Series, JobCounts> taken, Series series, JobCounts counts) {
        if (!counts.none()) {
            taken.computeIfAbsent(series, first -> new JobCounts()).add(counts);
        }
    }

    private LiveCounts admitted(QueueName queue, HandlerName handler) {
        // Read before the lock: once full, many jobs may come by here.
        if (size.get() >= MOST) {
            return others;
        }
        synchronized (this) {
            if (size.get() >= MOST) {
                return others;
            }
            return all.computeIfAbsent(queue, first -> new ConcurrentHashMap<>())
                    .computeIfAbsent(handler, first -> {
                        size.incrementAndGet();
                        return new LiveCounts();
                    });
        }
    }
}
