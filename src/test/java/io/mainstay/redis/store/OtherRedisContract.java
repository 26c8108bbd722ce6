package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.process.OtherRedis;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.JobStoreContract;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.redis.MainstayUser;
import io.mainstay.redis.check.Inspected;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** All that the store promises, it promises on another server, to a user with the documented rights. */
abstract class OtherRedisContract extends JobStoreContract {

    private static RedisNode node;
    private static RedisUnderTest store;

    /** Before all tests. */
    static void begin(OtherRedis program) {
        node = RedisNode.start(program).awaitUp();
        if (program == OtherRedis.OLDEST) {
            MainstayUser.makeOnOldest(node);
        } else {
            MainstayUser.make(node);
        }
        store = new RedisUnderTest(options(), node.address(), RedisUnderTest.contractValues(SWEEP_LIMIT));
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
            store = null;
        }
        if (node != null) {
            node.close();
            node = null;
        }
    }

    /** A line of INFO that tells it from others. */
    abstract String identity();

    @Test
    void serviceThatBeginsWorksWithIt() {
        assertThat(node.call("INFO", "server")).contains(identity());
        node.call("FLUSHALL");
        try (RedisUnderTest service = Inspected.begin(options(), node.address(), Map.of(), 1)) {
            Awaitility.await("an inspection").atMost(Duration.ofSeconds(30)).until(() -> service.gate()
                    .open());
            assertThat(node.call("GET", "ms:schema")).isEqualTo("1 1");
        }
    }

    @Override
    protected StoreUnderTest open() {
        return store.emptied();
    }

    private static RedisOptions options() {
        return new RedisOptions().setConnectionString("redis://" + MainstayUser.LOGIN + "@127.0.0.1:" + node.port());
    }
}
