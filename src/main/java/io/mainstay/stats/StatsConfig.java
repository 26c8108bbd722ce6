package io.mainstay.stats;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Statistics of jobs over time. */
@ConfigMapping(prefix = "mainstay.stats")
public interface StatsConfig {

    int MOST_SERIES = 200;

    /** Whether this instance counts jobs for statistics. With {@code false} what others count can be read all the same. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Pairs of queue and handler that are told apart, 0 to 200: the busiest. All others are in the figures of all queues only. Each costs
     * up to 330 KB in Redis. Should be the same in all instances.
     */
    @WithDefault("200")
    int series();

    /** How often an instance writes what it has counted, PT1S to PT1M. An instance that is killed loses that much at most. */
    @WithDefault("PT10S")
    Duration interval();

    /** Refuses values out of bounds. */
    static void check(StatsConfig config) {
        Bounds.between("mainstay.stats.series", config.series(), 0, MOST_SERIES);
        Bounds.between("mainstay.stats.interval", config.interval(), Duration.ofSeconds(1), Duration.ofMinutes(1));
    }
}
