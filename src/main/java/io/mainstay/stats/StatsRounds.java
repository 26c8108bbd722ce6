package io.mainstay.stats;

import io.mainstay.job.JobIds;
import io.mainstay.queue.RepeatingTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Writes what was counted at intervals, and once more at the end. */
@Singleton
class StatsRounds {

    private static final Logger LOG = Logger.getLogger(StatsRounds.class);
    private static final Duration LONGEST_END = Duration.ofSeconds(2);

    private final StatsConfig config;
    private final StatsSender sender;
    private final RepeatingTask rounds;

    StatsRounds(Vertx vertx, CountedSeries counted, StatsStore store, StatsConfig config, JobIds ids) {
        this.config = config;
        this.sender = new StatsSender(counted, store, ids.nextToken(), config.series());
        this.rounds = new RepeatingTask(vertx, "statistics", config.interval(), Logger.Level.DEBUG, () -> sender.send()
                .replaceWith(Optional.empty()));
    }

    void check(@Observes @Priority(1) StartupEvent event) {
        StatsConfig.check(config);
    }

    void start(@Observes StartupEvent event) {
        if (config.enabled()) {
            rounds.start();
        }
    }

    /** The workers have ended by now. */
    void stop(@Observes ShutdownEvent event) {
        rounds.stop();
        try {
            sender.send().subscribeAsCompletionStage().get(LONGEST_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("The latest statistics are lost: Redis did not take them");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
