package io.mainstay.maintenance;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often queues are swept that this instance does not claim from. */
@ConfigMapping(prefix = "mainstay.sweep")
public interface SweepConfig {

    /**
     * Time between two sweeps, PT0.1S to PT10M. Bounds how late the orphans of a queue without workers are noticed;
     * each sweep costs one call per queue and instance.
     */
    @WithDefault("PT5S")
    Duration interval();
}
