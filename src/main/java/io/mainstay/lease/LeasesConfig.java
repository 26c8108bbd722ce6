package io.mainstay.lease;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Workers that lease jobs over REST. */
@ConfigMapping(prefix = "mainstay.leases")
public interface LeasesConfig {

    /**
     * Most requests of this instance that wait for jobs at the same time, 0 to 1000000; those beyond are answered without waiting. Each
     * holds a connection and some 10 KiB; 0 turns waiting off.
     */
    @WithDefault("10000")
    int maxWaiters();

    /**
     * Longest wait of a request for jobs, or for news of leases, PT0S to PT50S; a longer one that a request prefers is cut to it. Short: workers
     * ask more often. Long: connections idle for longer than what is on their way may allow.
     */
    @WithDefault("PT50S")
    Duration maxWait();

    /** How long a request waits that prefers that. */
    static Duration bounded(LeasesConfig config, Duration wish) {
        return wish.compareTo(config.maxWait()) <= 0 ? wish : config.maxWait();
    }

    /** Refuses values out of bounds. */
    public static void check(LeasesConfig config) {
        Bounds.between("mainstay.leases.max-waiters", config.maxWaiters(), 0, 1_000_000);
        Bounds.between("mainstay.leases.max-wait", config.maxWait(), Duration.ZERO, Duration.ofSeconds(50));
    }
}
