package io.mainstay.redis.connection;

import java.time.Duration;

/** How many links there are, how long they wait for answers, and for how many. Durations in nanoseconds. */
public final class LinkLimits {

    /**
     * A third of a lease: one who waits for longer for the answer to a claim, or to an extension, might as well have none. Two
     * more tries fit in before the lease is over.
     */
    private static final int ANSWERS_PER_LEASE = 3;

    private final RedisConfig config;
    private final long longest;

    /** @param lease {@code mainstay.lease.duration} */
    public LinkLimits(RedisConfig config, Duration lease) {
        this.config = config;
        this.longest = Math.max(
                config.commandTimeout().toNanos(),
                lease.dividedBy(ANSWERS_PER_LEASE).toNanos());
    }

    /** Event loops with links. */
    int eventLoops() {
        return config.connections();
    }

    /** How long nothing may come in while an answer is awaited. */
    long silence() {
        return config.commandTimeout().toNanos();
    }

    /** After how much of that another connection is asked. */
    long suspicion() {
        return config.suspectAfter().toNanos();
    }

    /** How long an answer may take in all, if there is never that much silence. */
    long longest() {
        return longest;
    }

    /** Calls that may wait to be sent. */
    int waiting() {
        return config.maxWaiting();
    }

    Duration commandTimeout() {
        return config.commandTimeout();
    }
}
