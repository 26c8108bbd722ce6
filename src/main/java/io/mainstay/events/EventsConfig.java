package io.mainstay.events;

import io.mainstay.job.Bounds;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Streams of state changes. */
@ConfigMapping(prefix = "mainstay.events")
public interface EventsConfig {

    /** Streams that this instance serves at the same time, 0 to 10000; those beyond are refused (503). 0 turns them off. */
    @WithDefault("100")
    int maxStreams();

    /**
     * Events that wait for a client that does not take them as fast as they come, 1 to 100000. Those beyond are dropped,
     * and the client is told how many. Each costs some 100 bytes while it waits.
     */
    @WithDefault("1000")
    int buffer();

    /**
     * Time between two signs of life on a stream that has nothing to tell, PT1S to PT5M. Long: proxies take it for dead.
     * A client that takes nothing for four of them is disconnected.
     */
    @WithDefault("PT15S")
    Duration heartbeat();

    /** Refuses values out of bounds. */
    static void check(EventsConfig config) {
        Bounds.between("mainstay.events.max-streams", config.maxStreams(), 0, 10_000);
        Bounds.between("mainstay.events.buffer", config.buffer(), 1, 100_000);
        Bounds.between("mainstay.events.heartbeat", config.heartbeat(), Duration.ofSeconds(1), Duration.ofMinutes(5));
    }
}
