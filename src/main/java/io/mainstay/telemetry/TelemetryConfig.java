package io.mainstay.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What is measured, and how finely. */
@ConfigMapping(prefix = "mainstay.metrics")
public interface TelemetryConfig {

    /**
     * Time between two readings of the depth and age of queues, PT1S to PT1H, or PT0S for none. Each reading costs
     * one call to Redis per instance and queue that had something to do since the reading before, five for the others in turn, and 32
     * small ones for their number.
     */
    @WithDefault("PT10S")
    Duration queueInterval();

    /**
     * Queues that have figures of their own, 0 to 10000, first come, first served, per instance. Jobs of all others are
     * counted together as queue {@code (other)}; their depth and age are not exported. Each queue costs about twenty time
     * series.
     */
    @WithDefault("200")
    int maxQueues();
}
