package io.mainstay.redis.store;

import io.mainstay.health.LinkKind;
import io.mainstay.redis.connection.RedisCalls;
import io.mainstay.redis.connection.RedisLinks;
import io.mainstay.redis.connection.Shard;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What the clocks of Redis say, of each shard by itself: asked for once a second at most, and counted on in between. Sees a
 * clock that was set back, for then all that was due by it would come late. Only ever decides what is looked at, never
 * anything about a job. Thread-safe.
 */
final class ShardClocks {

    private static final long ASKED_EVERY = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP_BACK_MS = 1000;

    private final RedisCalls calls;
    private final RedisLinks links;
    private final Map<Shard, Reading> readings = new ConcurrentHashMap<>();
    /** Those under way, which everybody who asks meanwhile shares. */
    private final Map<Shard, Uni<Long>> asked = new ConcurrentHashMap<>();
    /** By bucket: the steps of its shard's clock that it was looked through after. */
    private final Map<Integer, Looked> looked = new ConcurrentHashMap<>();

    /** @param steps how often it was set back before */
    private record Reading(long ms, long atNanos, int steps) {

        long now() {
            return ms + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - atNanos);
        }

        boolean old() {
            return System.nanoTime() - atNanos > ASKED_EVERY;
        }
    }

    /** Of which shard, and after how many steps of its clock, a bucket is looked through. */
    record Looked(Shard shard, int steps) {}

    ShardClocks(RedisCalls calls, RedisLinks links) {
        this.calls = calls;
        this.links = links;
    }

    /** In ms since 1970, by the clock of whichever shard has the key. */
    Uni<Long> now(String key) {
        Shard shard = links.shardOf(key);
        Reading reading = readings.get(shard);
        if (reading != null && !reading.old()) {
            return Uni.createFrom().item(reading.now());
        }
        return asked.computeIfAbsent(shard, unknown -> ask(shard, key)
                .onTermination()
                .invoke(() -> asked.remove(shard))
                .memoize()
                .indefinitely());
    }

    private Uni<Long> ask(Shard shard, String key) {
        return calls.call(
                        () -> links.current(LinkKind.CLAIMS, key),
                        link -> link.send(Request.cmd(Command.TIME)),
                        calls.timeout())
                .map(time -> time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000)
                .invoke(ms -> readings.merge(
                        shard,
                        new Reading(ms, System.nanoTime(), 0),
                        (before, now) -> new Reading(
                                now.ms, now.atNanos, before.steps + (now.ms < before.now() - STEP_BACK_MS ? 1 : 0))));
    }

    /** Whether a bucket was not looked through yet since this instance began, or since its shard's clock was set back. */
    boolean isFirst(int bucket, Looked look) {
        return !look.equals(looked.get(bucket));
    }

    /** It was. */
    void looked(int bucket, Looked look) {
        looked.put(bucket, look);
    }

    Looked look(String key) {
        Shard shard = links.shardOf(key);
        Reading reading = readings.get(shard);
        return new Looked(shard, reading == null ? 0 : reading.steps);
    }
}
