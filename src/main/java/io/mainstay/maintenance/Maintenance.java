package io.mainstay.maintenance;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Has queues swept and pruned from start to stop. */
@Singleton
class Maintenance {

    private final Rounds sweeps;
    private final Rounds prunes;

    Maintenance(Vertx vertx, Sweeper sweeper, SweepConfig sweep, Pruner pruner, RetentionConfig retention) {
        Duration sweepEvery = Rounds.checked(
                "mainstay.sweep.interval", sweep.interval(), Duration.ofMillis(100), Duration.ofMinutes(10));
        Duration pruneEvery = Rounds.checked(
                "mainstay.retention.interval", retention.interval(), Duration.ofSeconds(1), Duration.ofHours(1));
        this.sweeps = new Rounds(vertx, "sweep", sweepEvery, sweeper::sweep);
        this.prunes = new Rounds(vertx, "prune", pruneEvery, pruner::prune);
    }

    void start(@Observes StartupEvent event) {
        sweeps.start();
        prunes.start();
    }

    void stop(@Observes ShutdownEvent event) {
        sweeps.stop();
        prunes.stop();
    }
}
