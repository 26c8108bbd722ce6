package io.mainstay.due;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How often the store is polled for queues with due work. Both intervals are spread by a quarter either way. */
@ConfigMapping(prefix = "mainstay.poll")
public interface PollConfig {

    /**
     * Time between two polls while wake-ups are known to arrive, PT0.02S to PT1M. Bounds how late jobs start whose
     * wake-up was lost nevertheless. Instances share these polls: where there are several, each does every second. A poll costs the store
     * some 30 small reads, however many queues there are.
     */
    @WithDefault("PT4S")
    Duration interval();

    /**
     * The same while wake-ups are not known to arrive, PT0.02S to PT1M; the shorter of the two is taken. Then it
     * bounds how late every job starts.
     */
    @WithDefault("PT0.5S")
    Duration fastInterval();

    /** Refuses values out of bounds. */
    public static void check(PollConfig config) {
        Duration least = Duration.ofMillis(20);
        Duration most = Duration.ofMinutes(1);
        Bounds.between("mainstay.poll.interval", config.interval(), least, most);
        Bounds.between("mainstay.poll.fast-interval", config.fastInterval(), least, most);
    }
}
