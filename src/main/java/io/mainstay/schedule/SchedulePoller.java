package io.mainstay.schedule;

import io.mainstay.due.DuePoller;
import io.mainstay.queue.RepeatingTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Has {@link DueRuns} look when a run is due, and every interval whatever is known, for as long as the process lives. Instances
 * share the latter: each of n looks every nth time. Who takes a schedule looks at once. Thread-safe.
 */
@Singleton
class SchedulePoller {

    private final SchedulesConfig config;
    private final RepeatingTask looks;
    private final DueRuns runs;
    private final DuePoller poller;
    /** Looks that others have before the next of this instance. */
    private int othersTurns;
    /** When it looks in any case, of {@link System#nanoTime}. */
    private Optional<Long> dueAt = Optional.empty();

    SchedulePoller(Vertx vertx, DueRuns runs, SchedulesConfig config, DuePoller poller) {
        this.config = config;
        this.runs = runs;
        this.poller = poller;
        this.looks = new RepeatingTask(vertx, "schedules", config.interval(), Logger.Level.DEBUG, this::look);
    }

    void start(@Observes StartupEvent event) {
        SchedulesConfig.check(config);
        if (config.enabled()) {
            looks.start();
        }
    }

    /** A schedule may be due sooner than was known. Returns at once. */
    void soon() {
        lookAgain();
        looks.soon();
    }

    /** The next look is one of this instance. */
    private synchronized void lookAgain() {
        othersTurns = 0;
    }

    private synchronized Uni<Optional<Duration>> look() {
        Optional<Duration> wait = dueAt.map(at -> Duration.ofNanos(at - System.nanoTime()));
        boolean due = wait.filter(left -> left.isNegative() || left.isZero()).isPresent();
        if (!due && othersTurns-- > 0) {
            return Uni.createFrom().item(wait);
        }
        othersTurns = poller.sharers() - 1;
        dueAt = Optional.empty();
        return runs.look().invoke(this::dueIn).onFailure().invoke(this::lookAgain);
    }

    private synchronized void dueIn(Optional<Duration> wait) {
        dueAt = wait.map(left -> System.nanoTime() + left.toNanos());
    }

    void stop(@Observes ShutdownEvent event) {
        looks.stop();
    }
}
