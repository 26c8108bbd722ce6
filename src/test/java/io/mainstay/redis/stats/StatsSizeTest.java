package io.mainstay.redis.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.redis.RedisServerForTests;
import io.mainstay.redis.store.RedisUnderTest;
import io.mainstay.stats.Resolution;
import io.mainstay.stats.SomeCounts;
import io.mainstay.stats.StatsBatch;
import io.mainstay.stats.StatsConfig;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * How much of Redis statistics can take: as many series as are told apart, with the longest names, in every chunk that is kept. Prints
 * the figure that docs/redis-model.md has.
 */
class StatsSizeTest {

    private static final Logger LOG = Logger.getLogger(StatsSizeTest.class);
    private static final long MOST_BYTES = 64L << 20;
    /** Where Redis notes when a key expires, which MEMORY USAGE does not count. */
    private static final int EXPIRY_BYTES = 40;

    private static final int SERIES = StatsConfig.MOST_SERIES;
    private static final int BATCH = 50;
    /** Candidates, and some that are told apart nowhere. */
    private static final int NAMES = 3 * SERIES;

    private final RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 1);

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void allThatIsKeptFitsItsBound() {
        RedisStatsStore store = new RedisStatsStore(redis.calls());
        for (int from = 0, number = 1; from < NAMES; from += BATCH, number++) {
            List<StatsBatch.Entry> entries = new ArrayList<>();
            entries.add(SomeCounts.total(SomeCounts.rising(1000)));
            for (int i = from; i < from + BATCH; i++) {
                String end = String.format("%03d", i);
                entries.add(SomeCounts.entry(
                        SomeCounts.series("q".repeat(61) + end, "h".repeat(125) + end), SomeCounts.rising(1000)));
            }
            store.add(new StatsBatch("sender", number, false, entries), SERIES)
                    .await()
                    .atMost(Duration.ofSeconds(30));
        }

        long all = bytes("busy") + bytes("aged") + bytes("sender:*");
        for (Resolution resolution : Resolution.values()) {
            long chunks = chunksKept(resolution);
            long chunk = bytes(resolution.letter() + ":*");
            LOG.infof("%s: %d chunks of %d bytes", resolution, chunks, chunk);
            all += chunks * chunk;
        }
        LOG.infof("Statistics take at most %d bytes, %.1f MiB", all, all / 1048576.0);

        assertThat(all).isBetween(MOST_BYTES / 2, MOST_BYTES);
    }

    @Test
    void everyKeyExpires() {
        new RedisStatsStore(redis.calls())
                .add(
                        new StatsBatch(
                                "sender",
                                1,
                                true,
                                List.of(
                                        SomeCounts.total(SomeCounts.rising(1)),
                                        SomeCounts.entry(SomeCounts.series("q", "h"), SomeCounts.rising(1)))),
                        SERIES)
                .await()
                .atMost(Duration.ofSeconds(30));

        List<String> keys = keys("*");
        assertThat(keys).hasSize(3 + 3 * Resolution.values().length);
        assertThat(keys).allSatisfy(key -> assertThat(
                        redis.send(Request.cmd(Command.PTTL).arg(key)).toLong())
                .isBetween(1L, Duration.ofDays(32).toMillis()));
    }

    /** One more than fit the time: the oldest is kept until its last point is old enough. */
    private static long chunksKept(Resolution resolution) {
        long length = resolution.step().toMillis() * resolution.points();
        return (resolution.kept().toMillis() + length - 1) / length + 1;
    }

    private long bytes(String pattern) {
        return keys(pattern).stream()
                .mapToLong(key -> redis.send(Request.cmd(Command.MEMORY)
                                        .arg("USAGE")
                                        .arg(key)
                                        .arg("SAMPLES")
                                        .arg(0))
                                .toLong()
                        + EXPIRY_BYTES)
                .sum();
    }

    private List<String> keys(String pattern) {
        return redis.send(Request.cmd(Command.KEYS).arg("ms:{:stats}:" + pattern)).stream()
                .map(Response::toString)
                .toList();
    }
}
