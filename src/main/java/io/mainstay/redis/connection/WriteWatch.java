package io.mainstay.redis.connection;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

    private static final String READONLY = "READONLY";

    private static final Map<String, String> WHY = Map.of(
            ErrorReply.OUT_OF_MEMORY,
            "it is full; raise maxmemory, or delete ended jobs sooner (mainstay.retention)",
            READONLY,
            "it is a read-only replica; check where quarkus.redis.hosts points, and whether a failover has completed",
            "MISCONF",
            "it cannot write to its disk; free space there, or see Redis's log",
            "NOREPLICAS",
            "it has fewer replicas than min-replicas-to-write; bring them back, or lower it",
            "NOPERM",
            "the user may not run what Mainstay needs; set its rights with ACL SETUSER, see docs/redis-model.md");

    private final StoreName store;
    private final LongSupplier nanoTime;
    private final Consumer<Boolean> observer;
    private volatile Refused latest;
    private long warnedAt;
    /** What the observer knows. */
    private boolean told;

    private record Refused(String script, String why, long at) {}

    /** @param observer told whether writes are refused, when that has changed */
    WriteWatch(StoreName store, LongSupplier nanoTime, Consumer<Boolean> observer) {
        this.store = store;
        this.nanoTime = nanoTime;
        this.observer = observer;
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
        ErrorReply.of(error).map(ErrorReply::code).filter(WHY::containsKey).ifPresent(code -> refused(script, code));
    }

    synchronized void took(LuaScript script) {
        Refused refused = latest;
        if (refused != null
                && (refused.script().equals(script.sha()) || refusal().isEmpty())) {
            latest = null;
            LOG.info(store.about("Redis accepts writes again"));
            tell(false);
        }
    }

    private synchronized void refused(LuaScript script, String code) {
        long now = nanoTime.getAsLong();
        String why = WHY.get(code);
        boolean news = refusal().isEmpty() || !latest.why().equals(why);
        latest = new Refused(script.sha(), why, now);
        if (news || now - warnedAt >= REMINDER_NANOS) {
            warnedAt = now;
            LOG.warn(store.about("Redis refuses writes: " + why));
        }
        // Of a replica the link tells: it is replaced.
        tell(!code.equals(READONLY));
    }

    private void tell(boolean refused) {
        if (refused != told) {
            told = refused;
            observer.accept(refused);
        }
    }
}
