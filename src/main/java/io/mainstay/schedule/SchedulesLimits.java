package io.mainstay.schedule;

import io.mainstay.job.InvalidValueException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Checks {@link SchedulesConfig} when the service starts. */
@Singleton
class SchedulesLimits {

    private static final int MOST = 100_000;

    void check(@Observes StartupEvent event, SchedulesConfig config) {
        check(config);
    }

    static void check(SchedulesConfig config) {
        check("mainstay.schedules.interval", config.interval(), Duration.ofMillis(100), Duration.ofMinutes(1));
        check("mainstay.schedules.missed-after", config.missedAfter(), Duration.ofSeconds(1), Duration.ofHours(1));
        if (config.maxCount() < 0 || config.maxCount() > MOST) {
            throw new InvalidValueException("mainstay.schedules.max-count", config.maxCount(), "between 0 and " + MOST);
        }
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(key, value, "between " + least + " and " + most);
        }
    }
}
