package io.mainstay.maintenance;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** For how long ids that callers chose, or that stand for their idempotency keys, are known beyond their jobs. */
@ConfigMapping(prefix = "mainstay.retention")
public interface IdsConfig {

    /**
     * Time since the end of a job in which its id makes no second one, whatever was deleted, PT0S to P1D; longer for as
     * long as the job itself is kept. PT0S: only that long.
     */
    @WithDefault("PT10M")
    Duration minAge();

    /**
     * Most ids of deleted jobs remembered in a queue, 0 to 5000000; beyond, those go whose time is over first, and are
     * counted. Each costs Redis about 140 bytes.
     */
    @WithDefault("5000000")
    int maxRemembered();

    /** Refuses values out of bounds. */
    static void check(IdsConfig config) {
        Bounds.between("mainstay.retention.min-age", config.minAge(), Duration.ZERO, Duration.ofDays(1));
        Bounds.between("mainstay.retention.max-remembered", config.maxRemembered(), 0, 5_000_000);
    }
}
