package io.mainstay.schedule;

import io.mainstay.queue.RepeatingTask;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Has {@link DueRuns} look when a run is due, and every interval whatever is known, for as long as the process lives. */
@Singleton
class SchedulePoller {

    private final SchedulesConfig config;
    private final RepeatingTask looks;

    SchedulePoller(Vertx vertx, DueRuns runs, SchedulesConfig config) {
        this.config = config;
        this.looks = new RepeatingTask(vertx, "schedules", config.interval(), Logger.Level.DEBUG, runs::look);
    }

    void start(@Observes StartupEvent event) {
        SchedulesConfig.check(config);
        if (config.enabled()) {
            looks.start();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        looks.stop();
    }
}
