package io.mainstay.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

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

    /**
     * Queues of those whose start delay has a histogram of its own, 0 to 1000, per instance: the busiest. Each costs twenty time
     * series.
     */
    @WithDefault("20")
    int delayQueues();

    /**
     * Names of queues of which every job that dies is to be told: {@code mainstay_queue_watched} is 1 for them, and the alert
     * {@code MainstayWatchedJobDied} fires. They have figures of their own in any case, from the start on.
     */
    Optional<Set<String>> watchedQueues();
}
