package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.WakeUps;
import io.mainstay.redis.store.RedisKeys;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** Wake-ups of a cluster are believed shard by shard. */
class ShardWakeUpsTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int MESSAGES = 200;
    private static final Duration GAP = Duration.ofMillis(2);
    /** By the bus half of them take three times as long. */
    private static final Duration AT_ONCE = Duration.ofMillis(6);
    /** Longer than the bus takes. */
    private static final Duration LATE = Duration.ofMillis(300);

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

    /** The bus between the nodes holds messages back that follow each other closely. */
    @TimedTest
    void thoseOfEachNodeComeAtOnceAndOnce() throws Exception {
        try (RedisCluster cluster = new RedisCluster();
                WakeUpsUnderTest wakeUps = new WakeUpsUnderTest(cluster, INTERVAL)) {
            for (RedisNode node : primaries(cluster)) {
                await(() -> listeners(node) > 0);
                List<Long> delays = new CopyOnWriteArrayList<>();
                Map<QueueName, Long> sent = new ConcurrentHashMap<>();
                wakeUps.wakeUps().listen(told(queue -> {
                    Long at = sent.get(queue);
                    if (at != null) {
                        delays.add(System.nanoTime() - at);
                    }
                }));
                publish(node, queuesOf(cluster, node), sent);
                await(() -> delays.size() >= MESSAGES);
                // The last of the bus, which comes once more.
                Awaitility.await().during(LATE).atMost(DEADLINE).until(() -> delays.size() == MESSAGES);
                Collections.sort(delays);
                assertThat(Duration.ofNanos(delays.get(MESSAGES / 2))).isLessThan(AT_ONCE);
            }
        }
    }

    @TimedTest
    void whoListensAtANodeDoesSoAgainAfterItsConnectionWasClosed() {
        try (RedisCluster cluster = new RedisCluster();
                WakeUpsUnderTest wakeUps = new WakeUpsUnderTest(cluster, INTERVAL)) {
            await(() -> wakeUps.wakeUps().live());
            await(() -> primaries(cluster).stream().allMatch(node -> listeners(node) > 0));

            primaries(cluster).forEach(node -> node.call("CLIENT", "KILL", "TYPE", "pubsub"));

            await(() -> primaries(cluster).stream().allMatch(node -> listeners(node) > 0));
        }
    }

    private static void publish(RedisNode node, List<QueueName> queues, Map<QueueName, Long> sent)
            throws InterruptedException {
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try {
            Iterator<QueueName> next = queues.iterator();
            CountDownLatch left = new CountDownLatch(queues.size());
            sender.scheduleAtFixedRate(
                    () -> {
                        if (next.hasNext()) {
                            QueueName queue = next.next();
                            sent.put(queue, System.nanoTime());
                            node.call("PUBLISH", RedisKeys.WAKE_CHANNEL, queue.value());
                            left.countDown();
                        }
                    },
                    0,
                    GAP.toMillis(),
                    TimeUnit.MILLISECONDS);
            assertThat(left.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } finally {
            sender.shutdownNow();
        }
    }

    private static List<QueueName> queuesOf(RedisCluster cluster, RedisNode node) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> new QueueName("queue-" + i))
                .filter(queue -> cluster.primaryOf(new RedisKeys(queue).base()) == node)
                .limit(MESSAGES)
                .toList();
    }

    private static WakeUps.Listener told(Consumer<QueueName> hint) {
        return new WakeUps.Listener() {
            @Override
            public void hint(QueueName queue, Set<HandlerName> handlers) {
                hint.accept(queue);
            }

            @Override
            public void missed() {}
        };
    }

    private static List<RedisNode> primaries(RedisCluster cluster) {
        return IntStream.range(0, 32)
                .mapToObj(bucket -> cluster.primaryOf(RedisKeys.ofBucket(bucket)))
                .distinct()
                .toList();
    }

    private static long listeners(RedisNode node) {
        return node.call("PUBSUB", "NUMSUB", RedisKeys.WAKE_CHANNEL)
                .lines()
                .map(String::strip)
                .filter(line -> line.matches("\\d+"))
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(condition);
    }
}
