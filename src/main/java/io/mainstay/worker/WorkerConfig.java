package io.mainstay.worker;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What this instance runs. */
@ConfigMapping(prefix = "mainstay.worker")
public interface WorkerConfig {

    /** Whether this instance runs jobs. Switched off, it still takes requests and keeps queues true. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Jobs that run at the same time, 1 to 10000. At 1 jobs run one after the other; a large number costs a thread per
     * blocking handler on a JVM without virtual threads.
     */
    @WithDefault("64")
    int concurrency();

    /**
     * Queues to serve, as {@code name} or {@code name=weight}, weight 1 to 1000 (1 if not given): while both have due
     * jobs, a queue of weight 3 gets three workers for each one of a queue of weight 1. Not given: all known queues,
     * found as they appear, with equal weight.
     */
    Optional<List<String>> queues();

    /**
     * How long running jobs may continue after shutdown was asked for, PT0S to PT1H; those left then go back to their
     * queue, the attempt not counted. Keep it below the grace period of the platform.
     */
    @WithDefault("PT20S")
    Duration gracePeriod();

    /** Whether blocking handlers run on virtual threads where the JVM has them (Java 21 and later). */
    @WithDefault("true")
    boolean virtualThreads();

    /** Refuses values out of bounds. */
    static void check(WorkerConfig config) {
        Bounds.between("mainstay.worker.concurrency", config.concurrency(), 1, 10_000);
        Bounds.between("mainstay.worker.grace-period", config.gracePeriod(), Duration.ZERO, Duration.ofHours(1));
    }
}
