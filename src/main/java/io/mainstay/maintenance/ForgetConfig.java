package io.mainstay.maintenance;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When queues end. */
@ConfigMapping(prefix = "mainstay.queues")
public interface ForgetConfig {

    /**
     * How long a queue has had no jobs, ended ones included, no limits and no pauses when it is forgotten, PT1M to P365D. The
     * next enqueue brings it back.
     */
    @WithDefault("P1D")
    Duration forgetAfter();

    /** Refuses values out of bounds. */
    static void check(ForgetConfig config) {
        Bounds.between(
                "mainstay.queues.forget-after", config.forgetAfter(), Duration.ofMinutes(1), Duration.ofDays(365));
    }
}
