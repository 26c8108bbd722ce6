package io.mainstay.redis.store;

import io.mainstay.process.RedisCluster;
import io.mainstay.queue.JobStoreContract;
import io.mainstay.queue.StoreUnderTest;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the store promises, it promises in a cluster. */
class ClusterStoreTest extends JobStoreContract {

    private static final long FLUSH_SECONDS = 20;
    private static final Vertx VERTX = Vertx.vertx();

    private static RedisCluster cluster;
    private static RedisUnderTest store;
    private static List<Redis> primaries = List.of();

    @BeforeAll
    static void start() {
        cluster = new RedisCluster();
        // No primary is to be failed over for a machine that stands still.
        cluster.nodes().forEach(node -> node.call("CONFIG", "SET", "cluster-node-timeout", "30000"));
        primaries = cluster.nodes().stream()
                .filter(node -> node.call("ROLE").startsWith("master"))
                .map(node -> Redis.createClient(VERTX, node.address()))
                .toList();
        store = RedisUnderTest.of(cluster, RedisUnderTest.contractValues(SWEEP_LIMIT));
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
        primaries.forEach(Redis::close);
        VERTX.close().toCompletionStage().toCompletableFuture().join();
        if (cluster != null) {
            cluster.close();
        }
    }

    @Override
    protected StoreUnderTest open() {
        flush();
        return new SharedStore(store);
    }

    /** Not with redis-cli, which would be a process for each node and test. */
    private static void flush() {
        primaries.forEach(primary -> primary.send(Request.cmd(Command.FLUSHALL))
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(FLUSH_SECONDS, TimeUnit.SECONDS)
                .join());
    }
}
