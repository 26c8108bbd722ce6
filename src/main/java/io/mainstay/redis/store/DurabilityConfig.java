package io.mainstay.redis.store;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What durable enqueues wait for. */
@ConfigMapping(prefix = "mainstay.durability")
public interface DurabilityConfig {

    /** Replicas that must have received a job of durability replica, 1 to 100. More than there are: none is reached. */
    @WithDefault("1")
    int replicas();

    /** How long to wait for them, or for the disk; PT0.01S to PT1M. Short: a busy replica fails enqueues. */
    @WithDefault("PT1S")
    Duration timeout();

    /** Refuses values out of bounds. */
    static void check(DurabilityConfig config) {
        Bounds.between("mainstay.durability.replicas", config.replicas(), 1, 100);
        Bounds.between("mainstay.durability.timeout", config.timeout(), Duration.ofMillis(10), Duration.ofMinutes(1));
    }
}
