package io.mainstay.worker;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a claim gives the right to run a job. */
@ConfigMapping(prefix = "mainstay.lease")
public interface LeaseConfig {

    /**
     * Length of a lease, PT1S to PT10M; running jobs have theirs extended every third of it. Short: jobs of a dead
     * instance run again sooner, but a store that is away for longer than this makes jobs run twice. Long: the reverse.
     */
    @WithDefault("PT10S")
    Duration duration();

    /** Refuses values out of bounds. */
    static void check(LeaseConfig config) {
        Bounds.between("mainstay.lease.duration", config.duration(), Duration.ofSeconds(1), Duration.ofMinutes(10));
    }
}
