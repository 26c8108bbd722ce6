package io.mainstay.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often queues are looked at when no wake-up came. */
@ConfigMapping(prefix = "mainstay.poll")
public interface PollConfig {

    /**
     * Time between two looks at every queue, PT0.02S to PT1M, spread by a quarter either way. Bounds how late a job
     * starts when its wake-up was lost; each look costs one call per queue and instance.
     */
    @WithDefault("PT0.5S")
    Duration interval();
}
