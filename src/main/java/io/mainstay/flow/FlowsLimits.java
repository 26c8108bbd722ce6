package io.mainstay.flow;

import io.mainstay.job.InvalidValueException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Checks {@link FlowsConfig} when the service starts. */
@Singleton
class FlowsLimits {

    private static final int MOST_JOBS = 10_000;
    private static final long LARGEST_RESULT = 64L << 20;

    void check(@Observes StartupEvent event, FlowsConfig config) {
        check(config);
    }

    static void check(FlowsConfig config) {
        check("mainstay.flows.interval", config.interval(), Duration.ofMillis(100), Duration.ofMinutes(10));
        check("mainstay.flows.recheck", config.recheck(), Duration.ofSeconds(1), Duration.ofDays(1));
        check("mainstay.flows.max-age", config.maxAge(), Duration.ofMinutes(1), Duration.ofDays(366));
        if (config.maxJobs() < 1 || config.maxJobs() > MOST_JOBS) {
            throw new InvalidValueException("mainstay.flows.max-jobs", config.maxJobs(), "between 1 and " + MOST_JOBS);
        }
        long result = config.maxResult().asLongValue();
        if (result < 0 || result > LARGEST_RESULT) {
            throw new InvalidValueException("mainstay.flows.max-result", result, "between 0 and " + LARGEST_RESULT);
        }
    }

    private static void check(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidValueException(key, value, "between " + least + " and " + most);
        }
    }
}
