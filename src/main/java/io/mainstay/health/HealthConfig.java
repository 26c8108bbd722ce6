package io.mainstay.health;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When the probes say that something is wrong. */
@ConfigMapping(prefix = "mainstay.health")
public interface HealthConfig {

    /**
     * How long free workers may go without an answered claim, while the store answers, before liveness is down; PT5S to
     * PT1H and at least three times {@code mainstay.poll.interval}. Short values make a restart out of a hiccup, long ones leave jobs lying for as long.
     */
    @WithDefault("PT30S")
    Duration stallAfter();

    /**
     * How long a probe waits for the store, PT0.1S to PT30S. Keep it below the time-out that the platform gives its
     * probes.
     */
    @WithDefault("PT2S")
    Duration storeTimeout();
}
