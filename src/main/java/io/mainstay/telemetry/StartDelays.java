package io.mainstay.telemetry;

import io.mainstay.job.Bounds;
import io.mainstay.job.QueueName;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How late jobs start, by queue. A histogram is some twenty time series, so only the busiest queues have one of their own; jobs
 * of all others are counted together. A queue takes the place of another one when it starts twice as many jobs, or two that are alike
 * would change places forever. Thread-safe.
 */
final class StartDelays {

    private static final double KEPT_PER_RANKING = 0.8;
    private static final double FACTOR = 2;
    private static final int MOST = 1000;

    private final Map<QueueName, Timer> own = new ConcurrentHashMap<>();
    private final Map<QueueName, LongAdder> started = new ConcurrentHashMap<>();
    private final Map<QueueName, Double> scores = new HashMap<>();
    private final MeterRegistry registry;
    private final QueueLabels labels;
    private final int limit;
    private final Timer others;

    /** @param limit queues that are told apart, beside those that are watched */
    StartDelays(MeterRegistry registry, QueueLabels labels, int limit) {
        this.registry = registry;
        this.labels = labels;
        Bounds.between("mainstay.metrics.delay-queues", limit, 0, MOST);
        this.limit = limit;
        this.others = timer(QueueLabels.OTHER);
        labels.watched().forEach(queue -> own.put(queue, timer(queue.value())));
    }

    void record(QueueName queue, Duration delay) {
        Timer timer = own.get(queue);
        if (timer == null) {
            timer = admitted(queue);
        }
        timer.record(delay.isNegative() ? Duration.ZERO : delay);
        LongAdder count = started.get(queue);
        if (count == null && labels.isOwn(queue)) {
            count = started.computeIfAbsent(queue, first -> new LongAdder());
        }
        if (count != null) {
            count.increment();
        }
    }

    /** Looks which queues are the busiest; to be called now and then. */
    synchronized void rank() {
        started.forEach((queue, count) ->
                scores.merge(queue, (double) count.sumThenReset(), (before, more) -> before * KEPT_PER_RANKING + more));
        scores.keySet().retainAll(started.keySet());
        scores.entrySet().stream()
                .filter(each -> !own.containsKey(each.getKey()))
                .sorted(Map.Entry.<QueueName, Double>comparingByValue().reversed())
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::challenge);
    }

    synchronized void drop(QueueName queue) {
        started.remove(queue);
        scores.remove(queue);
        remove(queue);
    }

    private void challenge(QueueName queue) {
        Optional<QueueName> weakest = own.keySet().stream()
                .filter(each -> !labels.watched().contains(each))
                .min(Comparator.comparingDouble(this::score));
        weakest.filter(each -> score(queue) > FACTOR * score(each)).ifPresent(each -> {
            remove(each);
            own.put(queue, timer(queue.value()));
        });
    }

    private double score(QueueName queue) {
        return scores.getOrDefault(queue, 0.0);
    }

    private Timer admitted(QueueName queue) {
        // Read before the lock: once full, most jobs come by here.
        if (own.size() >= limit + labels.watched().size() || !labels.isOwn(queue)) {
            return others;
        }
        synchronized (this) {
            return own.size() < limit + labels.watched().size()
                    ? own.computeIfAbsent(queue, name -> timer(name.value()))
                    : others;
        }
    }

    private void remove(QueueName queue) {
        Timer timer = own.remove(queue);
        if (timer != null) {
            registry.remove(timer);
        }
    }

    private Timer timer(String queue) {
        return Timer.builder("mainstay.job.start.delay")
                .description("Time from due to claimed, by the store's clock, in whole ms")
                .tag("queue", queue)
                .serviceLevelObjectives(TimeBuckets.ALL)
                .register(registry);
    }
}
