package io.mainstay.redis;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How Mainstay talks to Redis; where it is and how to log in are {@code quarkus.redis.*}. */
@ConfigMapping(prefix = "mainstay.redis")
public interface RedisConfig {

    /** Connections for commands per instance, shared by everything; at least 1. More than event loops is no use. */
    @WithDefault("4")
    int connections();

    /**
     * How long one command may take before its connection is given up, and how long a connect may take. Shorter finds
     * a dead connection sooner; shorter than Redis's longest stall (a fork, a slow disk) only costs reconnects.
     */
    @WithDefault("PT0.75S")
    Duration commandTimeout();

    /** How long a call may take with all its retries before the caller is told that the store is unavailable. */
    @WithDefault("PT2.5S")
    Duration callTimeout();

    /** Most calls waiting for one connection; beyond, callers are told at once that the store is unavailable. */
    @WithDefault("10000")
    int maxWaiting();

    /** Most jobs of each kind that one claim sweeps: bounds the time its script holds Redis. */
    @WithDefault("100")
    int sweepLimit();
}
