package io.mainstay.scaling;

import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Remembers how many jobs waited a short while ago, to tell how fast that changes. Thread-safe. */
final class Backlogs {

    /** Long enough that a few jobs more or less say nothing, short enough to follow. */
    private static final Duration LEAST_AGE = Duration.ofSeconds(10);

    private static final Duration MOST_AGE = Duration.ofSeconds(20);
    private static final double NANOS = 1e9;

    private record Reading(long at, Map<QueueName, Long> waiting) {}

    private final LongSupplier nanoTime;
    private final Deque<Reading> oldestFirst = new ArrayDeque<>();

    Backlogs(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Remembers these; bounded, as a reading drives out those that have become too old. */
    synchronized void add(List<QueueLoad> loads) {
        long now = nanoTime.getAsLong();
        oldestFirst.removeIf(reading -> now - reading.at > MOST_AGE.toNanos());
        oldestFirst.add(
                new Reading(now, loads.stream().collect(Collectors.toMap(QueueLoad::queue, QueueLoad::waiting))));
    }

    /** Change of the number of waiting jobs; 0 if nothing is known from 10 to 20 seconds ago. */
    synchronized double perSecond(QueueLoad load) {
        long now = nanoTime.getAsLong();
        double change = 0;
        for (Reading reading : oldestFirst) {
            long age = now - reading.at;
            Long before = reading.waiting.get(load.queue());
            if (before != null && age >= LEAST_AGE.toNanos() && age <= MOST_AGE.toNanos()) {
                change = (load.waiting() - before) * NANOS / age;
            }
        }
        return change;
    }
}
