package io.mainstay.redis.store;

import io.mainstay.process.OtherRedis;
import io.mainstay.process.RedisNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Valkey that has reached its limit. */
class FullNewestValkeyTest extends FullRedisTest {

    private static RedisNode node;

    @BeforeAll
    static void start() {
        node = RedisNode.start(OtherRedis.VALKEY).awaitUp();
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Override
    String address() {
        return node.address();
    }
}
