package io.mainstay.scaling;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How many instances are asked for. */
@ConfigMapping(prefix = "mainstay.scaling")
public interface ScalingConfig {

    /**
     * How long a due job may wait for a worker, PT0.1S to PT1H: the objective that instances are asked for. Short: more
     * instances for the same backlog. Shorter than instances need to start, it cannot be kept by starting some.
     */
    @WithDefault("PT10S")
    Duration startDelay();

    /**
     * Time between two readings for the metric, PT1S to PT1H, or PT0S for none. Each costs one call to Redis per
     * instance and queue that had something to do within the last minute, 1000 of them at most. A shrinking backlog is only recognised where readings are at most 20 seconds apart.
     */
    @WithDefault("PT10S")
    Duration interval();
}
