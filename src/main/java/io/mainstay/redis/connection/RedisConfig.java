package io.mainstay.redis.connection;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How Mainstay talks to Redis; where it is and how to log in are {@code quarkus.redis.*}. */
@ConfigMapping(prefix = "mainstay.redis")
public interface RedisConfig {

    /**
     * Event loops with connections for commands, per instance and shard; at least 1. Each has one for writes, and when it
     * needs them one for claims and one for reads. More than event loops is no use.
     */
    @WithDefault("4")
    int connections();

    /**
     * How long nothing may come in while an answer is awaited before the connection is given up, and how long a connect may
     * take. An answer that continues coming in may take up to a third of {@code mainstay.lease.duration}. Shorter finds
     * a dead connection sooner; shorter than Redis's longest stall (a fork, a slow disk) only costs reconnects.
     */
    @WithDefault("PT0.75S")
    Duration commandTimeout();

    /**
     * How late an answer may be before another connection is opened to see whether it is Redis or the connection that is
     * slow; less than the command time-out. Shorter finds a dead connection sooner; shorter than Redis's usual stalls
     * costs connects.
     */
    @WithDefault("PT0.25S")
    Duration suspectAfter();

    /**
     * How long a call may take with all its retries before the caller is told that the store is unavailable. An answer that is
     * coming in by then is waited for.
     */
    @WithDefault("PT2.5S")
    Duration callTimeout();

    /** Most calls waiting for one connection; beyond, callers are told at once that the store is unavailable. */
    @WithDefault("10000")
    int maxWaiting();

    /**
     * Enqueues of this instance that wait for Redis or are under way to it, at most 1000000; those beyond are refused (503). The
     * jobs of one queue may be as many as are free.
     */
    @WithDefault("10000")
    int maxWaitingEnqueues();

    /** The same in bytes of their payloads; one that is larger is taken where there is room at all. */
    @WithDefault("64M")
    MemorySize maxWaitingBytes();

    /** File with the ACL user, read again for every connection; without it, the user is that of the address. */
    Optional<Path> userFile();

    /** File with the password, read again for every connection; without it, the address's or {@code quarkus.redis.password}. */
    Optional<Path> passwordFile();

    /**
     * The host name that all certificates of Redis must be for, sentinels included, whatever name or address a server is
     * connected to by; it is sent as SNI. For clusters that announce nodes by address while their certificate names the endpoint. Needs
     * {@code rediss://}. Without it, a certificate must be for the host that is connected to.
     */
    Optional<String> tlsServerName();

    /**
     * Whether to work with a Redis whose maxmemory-policy is allkeys-something. It drops keys, jobs among them, when it is
     * full. volatile-something drops only keys that expire, of which no job is one, and is worked with in any case.
     */
    @WithDefault("false")
    boolean allowEviction();

    /** Most jobs of each kind that one claim sweeps: bounds the time its script holds Redis. */
    @WithDefault("100")
    int sweepLimit();

    /** Refuses values out of bounds. */
    static void check(RedisConfig config) {
        Duration timeout = config.commandTimeout();
        if (config.connections() < 1) {
            throw new InvalidValueException("mainstay.redis.connections", config.connections(), "1 or more");
        }
        Bounds.between("mainstay.redis.max-waiting-enqueues", config.maxWaitingEnqueues(), 1, 1_000_000);
        Bounds.between(
                "mainstay.redis.max-waiting-bytes", config.maxWaitingBytes().asLongValue(), 1, Long.MAX_VALUE);
        Bounds.between("mainstay.redis.command-timeout", timeout, Duration.ofMillis(50), Duration.ofMinutes(1));
        Bounds.between("mainstay.redis.suspect-after", config.suspectAfter(), Duration.ofMillis(10), timeout);
        if (config.callTimeout().compareTo(timeout) < 0) {
            throw new InvalidValueException(
                    "mainstay.redis.call-timeout",
                    config.callTimeout(),
                    "mainstay.redis.command-timeout (" + timeout + ") or more");
        }
    }
}
