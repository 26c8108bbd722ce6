package io.mainstay.failover;

import io.mainstay.job.QueueName;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.redis.store.RedisKeys;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A cluster of three primaries and three replicas. */
final class Shards extends Site {

    private final RedisCluster redis = new RedisCluster();

    Shards() {
        startServices(1, Map.of("quarkus.redis.client-type", "cluster"));
    }

    RedisCluster redis() {
        return redis;
    }

    /** A queue that another primary serves, named after {@code queue}. */
    String queueElsewhereThan(RedisNode primary, String queue) {
        return IntStream.iterate(1, i -> i + 1)
                .mapToObj(i -> queue + "-" + i)
                .filter(name -> primaryOf(name) != primary)
                .findFirst()
                .orElseThrow();
    }

    @Override
    List<RedisNode> nodes() {
        return redis.nodes();
    }

    @Override
    RedisNode primaryOf(String queue) {
        return redis.primaryOf(new RedisKeys(new QueueName(queue)).base());
    }

    @Override
    String address() {
        return redis.addresses();
    }

    @Override
    void closeRedis() {
        redis.close();
    }
}
