package io.mainstay.health;

import java.time.Duration;

/** Configuration of the probes for tests. */
record HealthSettings(Duration storeTimeout) implements HealthConfig {

    @Override
    public Duration stallAfter() {
        return Duration.ofSeconds(20);
    }

    @Override
    public Duration canaryInterval() {
        return Duration.ofSeconds(3);
    }
}
