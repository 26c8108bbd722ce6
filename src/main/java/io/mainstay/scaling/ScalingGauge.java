package io.mainstay.scaling;

import io.mainstay.job.Bounds;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** The same number as a metric, read now and then; {@code NaN} while it cannot be read, rather than an old one. */
@Singleton
class ScalingGauge {

    private static final Logger LOG = Logger.getLogger(ScalingGauge.class);
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(1);

    private final Sizing sizing;
    private final Vertx vertx;
    private final Duration interval;
    private volatile double desired = Double.NaN;
    private volatile long timer = -1;

    ScalingGauge(Sizing sizing, Vertx vertx, MeterRegistry registry, ScalingConfig config) {
        this.sizing = sizing;
        this.vertx = vertx;
        this.interval = Bounds.zeroOrBetween("mainstay.scaling.interval", config.interval(), LEAST, MOST);
        if (!interval.isZero()) {
            Gauge.builder("mainstay.replicas.desired", () -> desired)
                    .description("Desired number of instances in total; the same on each of them")
                    .register(registry);
        }
    }

    void start(@Observes StartupEvent event) {
        if (!interval.isZero()) {
            timer = vertx.setPeriodic(interval.toMillis(), fired -> read());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void read() {
        sizing.demand().subscribe().with(demand -> desired = demand.replicas(), failure -> {
            desired = Double.NaN;
            LOG.debug("the desired number of instances cannot be calculated now", failure);
        });
    }
}
