package io.mainstay.maintenance;

import io.mainstay.job.Bounds;
import io.mainstay.queue.RepeatingTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Has queues swept and pruned from start to stop. */
@Singleton
class Maintenance {

    /** While there is more to delete, the next round comes this much sooner. */
    private static final int SOONER = 50;

    private final RepeatingTask sweeps;
    private final RepeatingTask prunes;

    Maintenance(Vertx vertx, Sweeper sweeper, SweepConfig sweep, Pruner pruner, RetentionConfig retention) {
        Duration sweepEvery = Bounds.between(
                "mainstay.sweep.interval", sweep.interval(), Duration.ofMillis(100), Duration.ofMinutes(10));
        Duration pruneEvery = Bounds.between(
                "mainstay.retention.interval", retention.interval(), Duration.ofSeconds(1), Duration.ofHours(1));
        this.sweeps = new RepeatingTask(vertx, "sweep", sweepEvery, Logger.Level.WARN, () -> sweeper.sweep()
                .replaceWith(Optional.empty()));
        Optional<Duration> soon = Optional.of(pruneEvery.dividedBy(SOONER));
        this.prunes = new RepeatingTask(vertx, "prune", pruneEvery, Logger.Level.WARN, () -> pruner.prune()
                .map(more -> more ? soon : Optional.empty()));
    }

    void start(@Observes StartupEvent event, IdsConfig ids) {
        IdsConfig.check(ids);
        sweeps.start();
        prunes.start();
    }

    void stop(@Observes ShutdownEvent event) {
        sweeps.stop();
        prunes.stop();
    }
}
