package io.mainstay.redis;

import io.mainstay.process.RedisCluster;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.JobStoreContract;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.LoadStore;
import io.mainstay.queue.ManyStore;
import io.mainstay.queue.ScheduleStore;
import io.mainstay.queue.StoreUnderTest;
import java.time.Duration;
import java.time.Instant;
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
        return new Shared(STORES.computeIfAbsent(
                sweepLimit,
                limit -> RedisUnderTest.of(cluster, Map.of("mainstay.redis.sweep-limit", limit.toString()))));
    }

    /** Used by many tests: making one for each takes long with that many nodes. */
    private record Shared(RedisUnderTest store) implements StoreUnderTest {

        @Override
        public JobStore jobs() {
            return store.jobs();
        }

        @Override
        public LeaseStore leases() {
            return store.leases();
        }

        @Override
        public ManyStore many() {
            return store.many();
        }

        @Override
        public LoadStore loads() {
            return store.loads();
        }

        @Override
        public ScheduleStore schedules() {
            return store.schedules();
        }

        @Override
        public Instant now() {
            return store.now();
        }

        @Override
        public void letPass(Duration duration) {
            store.letPass(duration);
        }

        @Override
        public void close() {}
    }
}
