package io.mainstay.redis.connection;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * Whether Redis takes writes, as its answers to scripts tell: nothing is asked for it. A full Redis refuses what may need memory and
 * takes the rest, so a refusal holds until a script of the same kind is taken, or nothing was refused for a while. Each instance
 * that runs jobs enqueues a canary every few seconds, and so hears of either soon. Thread-safe.
 */
final class WriteWatch {

    private static final Logger LOG = Logger.getLogger(WriteWatch.class);
    private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);
    /** After that long nothing is known any more: whoever wrote may have gone. */
    private static final long HOLDS_NANOS = TimeUnit.MINUTES.toNanos(2);

    private static final Map<String, String> WHY = Map.of(
            ErrorReply.OUT_OF_MEMORY,
            "it is full; raise maxmemory, or delete ended jobs sooner (mainstay.retention)",
            "READONLY",
            "it is a read-only replica; check where quarkus.redis.hosts points, and whether a failover has completed",
            "MISCONF",
            "it cannot write to its disk; free space there, or see Redis's log",
            "NOREPLICAS",
            "it has fewer replicas than min-replicas-to-write; bring them back, or lower it");

    private final StoreName store;
    private final LongSupplier nanoTime;
    private volatile Refused latest;
    private long warnedAt;

    private record Refused(String script, String why, long at) {}

    WriteWatch(StoreName store, LongSupplier nanoTime) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.warnedAt = nanoTime.getAsLong() - REMINDER_NANOS;
    }

    /** Why Redis takes no writes, or not all, for people. */
    Optional<String> refusal() {
        Refused refused = latest;
        return refused == null || nanoTime.getAsLong() - refused.at() > HOLDS_NANOS
                ? Optional.empty()
                : Optional.of("Redis refuses writes: " + refused.why());
    }

    /** Asked for every script: whether its being taken is news. */
    boolean refusing() {
        return latest != null;
    }

    /** @param error what a script was answered with; of others nothing is noted */
    void failed(LuaScript script, Throwable error) {
        ErrorReply.of(error).map(reply -> WHY.get(ErrorReply.code(reply))).ifPresent(why -> refused(script, why));
    }

    void took(LuaScript script) {
        Refused refused = latest;
        if (refused != null && refused.script().equals(script.sha())) {
            latest = null;
            LOG.info(store.about("Redis accepts writes again"));
        }
    }

    private synchronized void refused(LuaScript script, String why) {
        long now = nanoTime.getAsLong();
        boolean news = refusal().isEmpty() || !latest.why().equals(why);
        latest = new Refused(script.sha(), why, now);
        if (news || now - warnedAt >= REMINDER_NANOS) {
            warnedAt = now;
            LOG.warn(store.about("Redis refuses writes: " + why));
        }
    }
}
