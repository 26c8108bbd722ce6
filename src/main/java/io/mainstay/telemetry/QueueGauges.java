package io.mainstay.telemetry;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.route.DueJobs;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Shows the latest figures of queues; nothing ({@code NaN}) while none can be had, rather than old ones. A reading need not be about
 * all queues: the figures of the others stand. Thread-safe.
 */
@Singleton
class QueueGauges {

    private final MeterRegistry registry;
    private final Map<QueueName, Shown> shown = new ConcurrentHashMap<>();
    private volatile double known = Double.NaN;
    private volatile boolean readable;

    QueueGauges(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("mainstay.queues", () -> known)
                .description("Known queues, including those without metrics of their own")
                .register(registry);
    }

    /** @param knownQueues NaN if they cannot be counted */
    void show(double knownQueues, List<QueueReading> readings) {
        readable = true;
        known = knownQueues;
        readings.forEach(each ->
                shown.computeIfAbsent(each.figures().queue(), this::register).show(each));
    }

    /** Those of one queue cannot be had. */
    void unknown(QueueName queue) {
        shown.computeIfPresent(queue, (name, entry) -> {
            entry.latest = null;
            return entry;
        });
    }

    /** The figures cannot be had. */
    void clear() {
        known = Double.NaN;
        readable = false;
    }

    /** Shows nothing of a queue any more. */
    void drop(QueueName queue) {
        Shown entry = shown.remove(queue);
        if (entry != null) {
            entry.meters.forEach(registry::remove);
        }
    }

    private Shown register(QueueName queue) {
        Shown entry = new Shown();
        for (JobState state : JobState.values()) {
            entry.meters.add(Gauge.builder("mainstay.queue.depth", () -> entry.depth(state))
                    .description("Jobs in a state")
                    .tag("queue", queue.value())
                    .tag("state", state.wireName())
                    .register(registry));
        }
        entry.meters.add(Gauge.builder("mainstay.queue.paused", entry::paused)
                .description("1 while the queue is paused")
                .tag("queue", queue.value())
                .register(registry));
        entry.meters.add(Gauge.builder("mainstay.queue.paused.seconds", entry::pausedSeconds)
                .description("How long the queue has been paused; 0 if it is not")
                .tag("queue", queue.value())
                .register(registry));
        entry.meters.add(Gauge.builder("mainstay.jobs.without.worker", entry::withoutWorker)
                .description("Ready jobs that no instance and no remote worker could run")
                .tag("queue", queue.value())
                .register(registry));
        entry.meters.add(Gauge.builder("mainstay.queue.oldest.due", entry::oldestDueSeconds)
                .description("How long the oldest due job of this instance's handlers has been due; 0 if there is none")
                .baseUnit("seconds")
                .tag("queue", queue.value())
                .register(registry));
        entry.meters.add(Gauge.builder("mainstay.queue.foreign.ready", entry::foreign)
                .description("Ready jobs of handlers that this instance does not have")
                .tag("queue", queue.value())
                .register(registry));
        entry.meters.add(Gauge.builder("mainstay.queue.foreign.oldest.due", entry::oldestForeignSeconds)
                .description("How long the oldest of those has been due; 0 if there are none")
                .baseUnit("seconds")
                .tag("queue", queue.value())
                .register(registry));
        entry.meters.add(Gauge.builder("mainstay.queue.ids.forgotten", entry::forgottenIds)
                .description("Ids of deleted jobs that were forgotten early because there were too many")
                .tag("queue", queue.value())
                .register(registry));
        return entry;
    }

    private static double seconds(Optional<Duration> time) {
        return time.orElse(Duration.ZERO).toMillis() / 1000.0;
    }

    private final class Shown {

        private final List<Meter> meters = new ArrayList<>();
        private volatile QueueReading latest;
        private volatile long readAt;

        void show(QueueReading reading) {
            readAt = System.nanoTime();
            latest = reading;
        }

        private QueueReading reading() {
            return readable ? latest : null;
        }

        private QueueFigures latest() {
            QueueReading reading = reading();
            return reading == null ? null : reading.figures();
        }

        private double due(Function<DueJobs, Double> figure) {
            QueueReading reading = reading();
            return reading == null ? Double.NaN : figure.apply(reading.due());
        }

        double depth(JobState state) {
            QueueFigures figures = latest();
            return figures == null ? Double.NaN : figures.counts().getOrDefault(state, 0L);
        }

        double paused() {
            QueueFigures figures = latest();
            if (figures == null) {
                return Double.NaN;
            }
            return figures.paused() ? 1 : 0;
        }

        /** One that has nothing to do is seldom read; its pause goes on meanwhile. */
        double pausedSeconds() {
            QueueFigures figures = latest();
            if (figures == null) {
                return Double.NaN;
            }
            return figures.pausedFor()
                    .map(pause -> seconds(Optional.of(pause.plusNanos(System.nanoTime() - readAt))))
                    .orElse(0.0);
        }

        double withoutWorker() {
            QueueReading reading = reading();
            return reading == null ? Double.NaN : reading.withoutWorker();
        }

        double forgottenIds() {
            QueueFigures figures = latest();
            return figures == null ? Double.NaN : figures.forgottenIds();
        }

        double oldestDueSeconds() {
            return due(jobs -> seconds(jobs.oldest()));
        }

        double oldestForeignSeconds() {
            return due(jobs -> seconds(jobs.oldestForeign()));
        }

        double foreign() {
            return due(jobs -> (double) jobs.foreign());
        }
    }
}
