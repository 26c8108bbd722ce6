package io.mainstay.redis.store;

import io.mainstay.process.RedisCluster;
import io.mainstay.queue.JobStoreContract;
import io.mainstay.queue.StoreUnderTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the store promises, it promises in a cluster. */
class ClusterStoreTest extends JobStoreContract {

    private static final Map<Integer, RedisUnderTest> STORES = new HashMap<>();
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        cluster = new RedisCluster();
        // No primary is to be failed over for a machine that stands still.
        cluster.nodes().forEach(node -> node.call("CONFIG", "SET", "cluster-node-timeout", "30000"));
    }

    @AfterAll
    static void stop() {
        STORES.values().forEach(RedisUnderTest::close);
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    protected StoreUnderTest open(int sweepLimit) {
        cluster.flush();
        return new SharedStore(STORES.computeIfAbsent(
                sweepLimit, limit -> RedisUnderTest.of(cluster, RedisUnderTest.contractValues(limit))));
    }
}
