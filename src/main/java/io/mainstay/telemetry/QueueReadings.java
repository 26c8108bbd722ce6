package io.mainstay.telemetry;

import io.mainstay.job.Bounds;
import io.mainstay.job.QueueName;
import io.mainstay.registry.QueueStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Reads the figures of queues now and then, for the gauges. Never waits; a reading that is still out is not doubled. */
@Singleton
class QueueReadings {

    private static final Logger LOG = Logger.getLogger(QueueReadings.class);
    /** Calls under way, so that many queues cost a while and not a burst. */
    private static final int AT_A_TIME = 8;
    /** To count asks each bucket, so it is done less often. */
    private static final int READINGS_PER_COUNT = 6;

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(1);

    private final QueueReader reader;
    private final QueueStore queues;
    private final ReadingPlan plan;
    private final QueueGauges gauges;
    private final Vertx vertx;
    private final Duration interval;
    private final AtomicBoolean underWay = new AtomicBoolean();
    /** By one reading at a time. */
    private volatile int readings;

    private volatile double counted = Double.NaN;
    private volatile long timer = -1;

    QueueReadings(
            QueueReader reader,
            QueueStore queues,
            ReadingPlan plan,
            QueueGauges gauges,
            Vertx vertx,
            TelemetryConfig config) {
        this.reader = reader;
        this.queues = queues;
        this.plan = plan;
        this.gauges = gauges;
        this.vertx = vertx;
        this.interval = Bounds.zeroOrBetween("mainstay.metrics.queue-interval", config.queueInterval(), LEAST, MOST);
    }

    void start(@Observes StartupEvent event) {
        if (!interval.isZero()) {
            timer = vertx.setPeriodic(interval.toMillis(), fired -> read());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    void read() {
        if (underWay.compareAndSet(false, true)) {
            figures()
                    // The store has bounds of its own; should they fail, the next reading is not lost too.
                    .ifNoItem()
                    .after(interval)
                    .fail()
                    .onTermination()
                    .invoke(() -> underWay.set(false))
                    .subscribe()
                    .with(ignored -> {}, this::failed);
        }
    }

    private Uni<Void> figures() {
        Uni<Double> known = readings++ % READINGS_PER_COUNT == 0
                ? count().invoke(count -> counted = count)
                : Uni.createFrom().item(counted);
        Uni<List<QueueReading>> read = Multi.createFrom()
                .iterable(plan.next(interval))
                .onItem()
                .transformToUni(this::figures)
                .merge(AT_A_TIME)
                .collect()
                .asList();
        return Uni.combine().all().unis(known, read).with((count, figures) -> {
            gauges.show(count, figures);
            plan.found(figures.stream().map(QueueReading::figures).toList());
            return null;
        });
    }

    private Uni<Double> count() {
        return queues.count()
                .map(Long::doubleValue)
                .onFailure()
                .invoke(failure -> {
                    readings = 0;
                    LOG.debug("not all queues could be counted", failure);
                })
                .onFailure()
                .recoverWithItem(Double.NaN);
    }

    /** Nothing if they cannot be had: its shard may be dead, which is no matter for the others. */
    private Uni<QueueReading> figures(QueueName queue) {
        return reader.read(queue)
                .onFailure()
                .invoke(failure -> {
                    gauges.unknown(queue);
                    LOG.debugf(failure, "counts of queue %s could not be read now", queue);
                })
                .onFailure()
                .recoverWithNull();
    }

    private void failed(Throwable failure) {
        gauges.clear();
        LOG.debug("counts of the queues could not be read now", failure);
    }
}
