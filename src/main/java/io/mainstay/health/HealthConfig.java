package io.mainstay.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the probes say that something is wrong. */
@ConfigMapping(prefix = "mainstay.health")
public interface HealthConfig {

    /**
     * How long this instance may make no progress without a reason before liveness is down; PT5S to PT1H, and at least
     * three times {@code mainstay.poll.interval} and {@code mainstay.health.canary-interval}. At half of it, healing
     * begins. Short values make a restart out of a hiccup, long ones leave jobs waiting for as long.
     */
    @WithDefault("PT20S")
    Duration stallAfter();

    /**
     * Time between two canary jobs, and between two looks at the store, PT0.2S to PT1M; a quarter of it while one has not come
     * through. Each costs Redis three calls per instance.
     */
    @WithDefault("PT6S")
    Duration canaryInterval();

    /**
     * How long a probe waits for the store, PT0.1S to PT30S. Keep it below the time-out that the platform gives its
     * probes.
     */
    @WithDefault("PT2S")
    Duration storeTimeout();
}
