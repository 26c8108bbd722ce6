package io.mainstay.hook;

import io.mainstay.job.Bounds;
import io.mainstay.job.RetryPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How notices are sent to hooks. */
@ConfigMapping(prefix = "mainstay.hooks")
public interface HookConfig {

    /**
     * How often a notice is sent at most until its receiver takes it, 1 to 1000. The waits between attempts double from 5 seconds up to an
     * hour; the default is some 20 hours.
     */
    @WithDefault("30")
    int maxAttempts();

    /** How long one attempt may take, PT1S to PT1M. */
    @WithDefault("PT15S")
    Duration timeout();

    /**
     * About how many notices may wait to be sent, 100 to 1000000. Beyond, those that follow stay in the outboxes, which keep the latest
     * 5,000 of each of 32 parts of all queues.
     */
    @WithDefault("50000")
    int maxWaiting();

    /** Refuses values out of bounds. */
    static void check(HookConfig config) {
        Bounds.between("mainstay.hooks.max-attempts", config.maxAttempts(), 1, RetryPolicy.MOST_ATTEMPTS);
        Bounds.between("mainstay.hooks.timeout", config.timeout(), Duration.ofSeconds(1), Duration.ofMinutes(1));
        Bounds.between("mainstay.hooks.max-waiting", config.maxWaiting(), 100, 1_000_000);
    }
}
