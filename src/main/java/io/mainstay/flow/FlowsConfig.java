package io.mainstay.flow;

import io.mainstay.job.Bounds;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Jobs that run after other jobs. */
@ConfigMapping(prefix = "mainstay.flows")
public interface FlowsConfig {

    /**
     * Time between two looks for hand-overs that were left behind, PT0.1S to PT10M, spread by a quarter either way. Bounds how
     * late a job is whose parent's instance died, with {@code mainstay.poll.interval}. Costs nothing where nothing was left behind.
     */
    @WithDefault("PT5S")
    Duration interval();

    /**
     * Time between two looks at a job of a flow that has not ended, PT1S to P1D. Bounds how late it is found out what Redis lost
     * in a failover. Each costs two calls, whatever the number of instances.
     */
    @WithDefault("PT5M")
    Duration recheck();

    /** How long a flow is kept after its end, PT1M to P366D. */
    @WithDefault("P1D")
    Duration maxAge();

    /** Most jobs of a flow, 1 to 10000; more are refused (422). */
    @WithDefault("1000")
    int maxJobs();

    /**
     * Largest result of a job that is kept with its flow for the jobs after it, 0 to 64M, in bytes of JSON text. Larger ones stay with their job only.
     */
    @WithDefault("16K")
    MemorySize maxResult();

    /** Refuses values out of bounds. */
    static void check(FlowsConfig config) {
        Bounds.between("mainstay.flows.interval", config.interval(), Duration.ofMillis(100), Duration.ofMinutes(10));
        Bounds.between("mainstay.flows.recheck", config.recheck(), Duration.ofSeconds(1), Duration.ofDays(1));
        Bounds.between("mainstay.flows.max-age", config.maxAge(), Duration.ofMinutes(1), Duration.ofDays(366));
        Bounds.between("mainstay.flows.max-jobs", config.maxJobs(), 1, 10_000);
        Bounds.between("mainstay.flows.max-result", config.maxResult().asLongValue(), 0, 64L << 20);
    }
}
