package io.mainstay.redis.topology;

import io.mainstay.job.QueueName;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.redis.connection.Node;
import io.mainstay.redis.connection.Shard;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.RedisUnderTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A cluster of which one shard is gone for good, its replica too, and a store that worked with it before. */
public final class DeadShard implements AutoCloseable {

    private final RedisCluster cluster = new RedisCluster();
    private final RedisNode dead = cluster.nodes().get(0);
    private final List<QueueName> there;
    private final List<QueueName> elsewhere;
    private final RedisUnderTest store;

    public DeadShard() {
        store = RedisUnderTest.of(cluster, Map.of());
        there = queues(true);
        elsewhere = queues(false);
        RedisNode replica = cluster.replicaOf(dead);
        replica.kill();
        dead.kill();
    }

    public RedisUnderTest store() {
        return store;
    }

    /** As the store calls it. */
    public String name() {
        return "127.0.0.1:" + dead.port();
    }

    /** Some queues on it. */
    public List<QueueName> there() {
        return there;
    }

    /** Some queues on the others. */
    public List<QueueName> elsewhere() {
        return elsewhere;
    }

    boolean isThere(QueueName queue) {
        return store.links().shardOf(new RedisKeys(queue).base()).equals(Shard.of(new Node("127.0.0.1", dead.port())));
    }

    static int bucketOf(QueueName queue) {
        return Slots.of(queue.value()) % 32;
    }

    private List<QueueName> queues(boolean onTheDead) {
        return IntStream.range(0, 60)
                .mapToObj(i -> new QueueName("queue-" + i))
                .filter(queue -> isThere(queue) == onTheDead)
                .limit(12)
                .toList();
    }

    @Override
    public void close() {
        store.close();
        cluster.close();
    }
}
