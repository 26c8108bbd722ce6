package io.mainstay.lease.claim;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Workers that lease jobs over REST. */
@ConfigMapping(prefix = "mainstay.leases")
public interface LeasesConfig {

    /**
     * Most requests of this instance that wait for jobs at the same time, 0 to 1000000; those beyond are answered without waiting. Each
     * holds a connection and some 10 KiB; 0 turns waiting off.
     */
    @WithDefault("10000")
    int maxWaiters();

    /** Refuses values out of bounds. */
    static void check(LeasesConfig config) {
        Bounds.between("mainstay.leases.max-waiters", config.maxWaiters(), 0, 1_000_000);
    }
}
