package io.mainstay.jobtype;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How handlers that are held are tried. */
@ConfigMapping(prefix = "mainstay.handlers")
public interface HoldConfig {

    /**
     * Of a handler that is held because its jobs failed, one job is tried in such a time, by all instances together, PT1S to PT1H. It
     * begins with the hold.
     */
    @WithDefault("PT1M")
    Duration probeInterval();

    /** Refuses values out of bounds. */
    static void check(HoldConfig config) {
        Bounds.between(
                "mainstay.handlers.probe-interval", config.probeInterval(), Duration.ofSeconds(1), Duration.ofHours(1));
    }
}
