package io.mainstay.http.targets;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much of an instance one target of {@code http} jobs may take. A target is scheme, host and port of a URL. */
@ConfigMapping(prefix = "mainstay.http.target")
public interface TargetConfig {

    /** Percent of the workers that each target may have at any time, 1 to 100; a worker at least. */
    @WithDefault("25")
    int share();

    /**
     * Percent of the workers that stay free for targets which have less than their share, 0 to 90. A target that has more gets none of
     * these. With 0 one slow target may have all workers.
     */
    @WithDefault("25")
    int reserve();

    /** Requests that fail in a row before a target is left alone: no answer, or a status of 500 and above. 0 to 10000; 0: never. */
    @WithDefault("20")
    int failures();

    /** How long it is left alone then; doubled each time that the request after it fails, up to {@code max-pause}. PT0.1S to PT1H. */
    @WithDefault("PT2S")
    Duration pause();

    /** How long it is left alone at most, {@code pause} to PT1H. */
    @WithDefault("PT1M")
    Duration maxPause();

    /**
     * Percent of its requests that a target gets repeated by retries without a wait of more than their backoff, 0 to 100. Beyond, retries
     * are spread over the next minute, one a second. 100: they are never spread.
     */
    @WithDefault("20")
    int retryBudget();

    /** Refuses values out of bounds. */
    static void check(TargetConfig config) {
        Bounds.between("mainstay.http.target.share", config.share(), 1, 100);
        Bounds.between("mainstay.http.target.reserve", config.reserve(), 0, 90);
        Bounds.between("mainstay.http.target.failures", config.failures(), 0, 10_000);
        Bounds.between("mainstay.http.target.pause", config.pause(), Duration.ofMillis(100), Duration.ofHours(1));
        Bounds.between("mainstay.http.target.max-pause", config.maxPause(), config.pause(), Duration.ofHours(1));
        Bounds.between("mainstay.http.target.retry-budget", config.retryBudget(), 0, 100);
    }
}
