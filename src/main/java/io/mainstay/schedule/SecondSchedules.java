package io.mainstay.schedule;

import io.mainstay.job.JobIds;
import io.mainstay.queue.RepeatingTask;
import io.mainstay.queue.places.QueuePlaces;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Has schedules of critical queues fire from the second store as well. The job of a run has the same id from whichever store it
 * fires, and goes where jobs of its queue go, so a run gets one job while both stores are there, and one while either is away.
 */
@Singleton
class SecondSchedules {

    private static final Duration COPIED_EVERY = Duration.ofSeconds(10);

    private final List<RepeatingTask> tasks;

    SecondSchedules(
            Vertx vertx, ScheduleStores stores, DueRuns runs, QueuePlaces places, JobIds ids, SchedulesConfig config) {
        this.tasks = stores.second().filter(second -> config.enabled()).stream()
                .flatMap(second -> {
                    ScheduleCopies copies =
                            new ScheduleCopies(stores.first(), second, places::inTwoStores, ids, config.maxCount());
                    DueRuns ofSecond = runs.over(second);
                    return Stream.of(
                            task(vertx, "schedules-copied", COPIED_EVERY, () -> copies.copy()
                                    .replaceWith(Optional.empty())),
                            task(vertx, "schedules-second", config.interval(), ofSecond::look));
                })
                .toList();
    }

    private static RepeatingTask task(
            Vertx vertx, String name, Duration every, Supplier<Uni<Optional<Duration>>> round) {
        return new RepeatingTask(vertx, name, every, Logger.Level.DEBUG, round);
    }

    void start(@Observes StartupEvent event) {
        tasks.forEach(RepeatingTask::start);
    }

    void stop(@Observes ShutdownEvent event) {
        tasks.forEach(RepeatingTask::stop);
    }
}
