package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.TimedTest;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.redis.store.RedisKeys;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Wake-ups of a cluster are believed shard by shard. */
class ShardWakeUpsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TimedTest
    void thoseOfADeadShardAreUnprovenAndThoseOfTheOthersProven() {
        try (RedisCluster cluster = new RedisCluster();
                WakeUpsUnderTest wakeUps = new WakeUpsUnderTest(cluster, INTERVAL)) {
            RedisNode dying = cluster.nodes().get(0);
            List<Integer> there = IntStream.range(0, 32)
                    .filter(bucket -> cluster.primaryOf(RedisKeys.ofBucket(bucket)) == dying)
                    .boxed()
                    .toList();
            List<Integer> elsewhere = IntStream.range(0, 32)
                    .filter(bucket -> !there.contains(bucket))
                    .boxed()
                    .toList();
            assertThat(there).hasSizeBetween(10, 12);
            await(() -> IntStream.range(0, 32).allMatch(wakeUps.wakeUps()::live));
            int missed = wakeUps.missedRounds();

            cluster.replicaOf(dying).kill();
            dying.kill();

            await(() -> there.stream().noneMatch(wakeUps.wakeUps()::live)
                    && elsewhere.stream().allMatch(wakeUps.wakeUps()::live));
            assertThat(wakeUps.missedRounds()).isGreaterThan(missed);
            // Longer than a turn of all shards: that of the dead one takes nobody else's.
            Awaitility.await().during(INTERVAL.multipliedBy(4)).atMost(DEADLINE).until(() -> elsewhere.stream()
                    .allMatch(wakeUps.wakeUps()::live));
        }
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
