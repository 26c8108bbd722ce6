package io.mainstay.redis.pubsub;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the subscription that brings wake-ups is watched. */
@ConfigMapping(prefix = "mainstay.wake-up")
public interface WakeUpConfig {

    /**
     * Time between two messages of an instance to itself, PT0.1S to PT10S. One and a half without one, and polling is
     * fast; two and a half, and the subscription is replaced. Short: a silent subscription is found sooner, and needless
     * resubscribing starts at shorter stalls of Redis. Each costs one command per instance.
     */
    @WithDefault("PT1S")
    Duration canaryInterval();

    /** How long one attempt to connect and subscribe may take, PT0.1S to PT10S. */
    @WithDefault("PT1S")
    Duration subscribeTimeout();

    /** Refuses values out of bounds. */
    static void check(WakeUpConfig config) {
        Duration least = Duration.ofMillis(100);
        Duration most = Duration.ofSeconds(10);
        Bounds.between("mainstay.wake-up.canary-interval", config.canaryInterval(), least, most);
        Bounds.between("mainstay.wake-up.subscribe-timeout", config.subscribeTimeout(), least, most);
    }
}
