package io.mainstay.schedule;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Recurring jobs. */
@ConfigMapping(prefix = "mainstay.schedules")
public interface SchedulesConfig {

    /** Whether this instance enqueues the jobs of schedules; it takes requests about them nevertheless. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Time between two looks for schedules that are due, PT0.1S to PT1M, spread by a quarter either way. A due time that
     * is known is not waited past; this bounds how late the first run of a schedule made elsewhere is noticed.
     */
    @WithDefault("PT1S")
    Duration interval();

    /**
     * How late a run may get its job and not count as missed, PT1S to PT1H. Short: a slow failover makes runs missed
     * ones. Long: schedules of seconds make up for more of them at once.
     */
    @WithDefault("PT1M")
    Duration missedAfter();

    /** Most schedules, 0 to 100000; more are refused (409). */
    @WithDefault("10000")
    int maxCount();

    /** Refuses values out of bounds. */
    static void check(SchedulesConfig config) {
        Bounds.between("mainstay.schedules.interval", config.interval(), Duration.ofMillis(100), Duration.ofMinutes(1));
        Bounds.between(
                "mainstay.schedules.missed-after", config.missedAfter(), Duration.ofSeconds(1), Duration.ofHours(1));
        Bounds.between("mainstay.schedules.max-count", config.maxCount(), 0, 100_000);
    }
}
