package io.mainstay.telemetry;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.QueueFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Shows the latest figures of queues; nothing ({@code NaN}) where there are none, rather than old ones. Thread-safe. */
@Singleton
class QueueGauges {

    private final MeterRegistry registry;
    private final Map<QueueName, Shown> shown = new ConcurrentHashMap<>();
    private volatile double known = Double.NaN;

    QueueGauges(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("mainstay.queues", () -> known)
                .description("Queues known, those without figures of their own included")
                .register(registry);
    }

    void show(int knownQueues, List<QueueFigures> figures) {
        clear();
        known = knownQueues;
        figures.forEach(each -> shown.computeIfAbsent(each.queue(), this::register).latest = each);
    }

    /** The figures cannot be had. */
    void clear() {
        known = Double.NaN;
        shown.values().forEach(each -> each.latest = null);
    }

    private Shown register(QueueName queue) {
        Shown entry = new Shown();
        for (JobState state : JobState.values()) {
            Gauge.builder("mainstay.queue.depth", () -> entry.depth(state))
                    .description("Jobs in a state")
                    .tag("queue", queue.value())
                    .tag("state", state.wireName())
                    .register(registry);
        }
        Gauge.builder("mainstay.queue.paused", entry::paused)
                .description("1 while nothing is claimed from the queue because somebody paused it")
                .tag("queue", queue.value())
                .register(registry);
        Gauge.builder("mainstay.queue.oldest.due", entry::oldestDueSeconds)
                .description("How long the longest waiting due job has been due; 0 if none is")
                .baseUnit("seconds")
                .tag("queue", queue.value())
                .register(registry);
        Gauge.builder("mainstay.queue.ids.forgotten", entry::forgottenIds)
                .description("Ids of deleted jobs that were forgotten before their time, because there were too many")
                .tag("queue", queue.value())
                .register(registry);
        return entry;
    }

    private static final class Shown {

        private volatile QueueFigures latest;

        double depth(JobState state) {
            QueueFigures figures = latest;
            return figures == null ? Double.NaN : figures.counts().getOrDefault(state, 0L);
        }

        double paused() {
            QueueFigures figures = latest;
            if (figures == null) {
                return Double.NaN;
            }
            return figures.paused() ? 1 : 0;
        }

        double forgottenIds() {
            QueueFigures figures = latest;
            return figures == null ? Double.NaN : figures.forgottenIds();
        }

        double oldestDueSeconds() {
            QueueFigures figures = latest;
            return figures == null
                    ? Double.NaN
                    : figures.oldestDue().orElse(Duration.ZERO).toMillis() / 1000.0;
        }
    }
}
