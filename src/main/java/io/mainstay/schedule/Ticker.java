package io.mainstay.schedule;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Has {@link DueRuns} look when a run is due, and every interval whatever is known, for as long as the process lives.
 * Every look ends, by itself or by its bound, and whatever came of it the next one follows.
 */
@Singleton
class Ticker {

    private static final Logger LOG = Logger.getLogger(Ticker.class);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(30);
    /** Instances that wait for the same moment do not all come in the same one. */
    private static final int JITTER_MS = 4;

    private final Vertx vertx;
    private final DueRuns runs;
    private final boolean enabled;
    private final Duration interval;
    private volatile boolean stopped;

    Ticker(Vertx vertx, DueRuns runs, SchedulesConfig config) {
        this.vertx = vertx;
        this.runs = runs;
        this.enabled = config.enabled();
        this.interval = config.interval();
    }

    void start(@Observes StartupEvent event) {
        if (enabled) {
            next(Optional.empty());
        }
    }

    /** No look begins after this. */
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void next(Optional<Duration> due) {
        if (stopped) {
            return;
        }
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long half = interval.toMillis() / 2;
        long wait = interval.toMillis() - half / 2 + random.nextLong(half + 1);
        long known =
                due.map(time -> time.toMillis() + 1 + random.nextInt(JITTER_MS)).orElse(wait);
        vertx.setTimer(Math.min(wait, known), fired -> look());
    }

    private void look() {
        if (stopped) {
            return;
        }
        runs.look().ifNoItem().after(LONGEST_LOOK).fail().subscribe().with(this::next, failure -> {
            LOG.debugf(failure, "no look at schedules; the next one comes as usual");
            next(Optional.empty());
        });
    }
}
