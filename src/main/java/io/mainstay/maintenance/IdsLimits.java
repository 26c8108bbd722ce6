package io.mainstay.maintenance;

import io.mainstay.job.InvalidValueException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Refuses to start with values of {@link IdsConfig} that are out of bounds. */
@Singleton
class IdsLimits {

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST = 5_000_000;

    void check(@Observes StartupEvent event, IdsConfig config) {
        if (config.minAge().isNegative() || config.minAge().compareTo(LONGEST) > 0) {
            throw new InvalidValueException(
                    "mainstay.retention.min-age", config.minAge(), "between PT0S and " + LONGEST);
        }
        if (config.maxRemembered() < 0 || config.maxRemembered() > MOST) {
            throw new InvalidValueException(
                    "mainstay.retention.max-remembered", config.maxRemembered(), "between 0 and " + MOST);
        }
    }
}
