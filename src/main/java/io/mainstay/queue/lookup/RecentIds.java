package io.mainstay.queue.lookup;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Ids of a short time ago: as many as come in it, which is for others to bound. Thread-safe. */
final class RecentIds {

    private final long keptNanos;
    private final LongSupplier nanos;
    /** By when they came, the oldest first. */
    private final Map<String, Long> ids = new LinkedHashMap<>();

    RecentIds(Duration kept, LongSupplier nanos) {
        this.keptNanos = kept.toNanos();
        this.nanos = nanos;
    }

    synchronized void add(String id) {
        dropOld();
        ids.remove(id);
        ids.put(id, nanos.getAsLong());
    }

    synchronized boolean contains(String id) {
        dropOld();
        return ids.containsKey(id);
    }

    private void dropOld() {
        long now = nanos.getAsLong();
        Iterator<Long> times = ids.values().iterator();
        while (times.hasNext() && now - times.next() > keptNanos) {
            times.remove();
        }
    }
}
