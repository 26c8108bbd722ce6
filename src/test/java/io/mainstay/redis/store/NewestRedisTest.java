package io.mainstay.redis.store;

import io.mainstay.process.OtherRedis;
import org.junit.jupiter.api.BeforeAll;

/** Redis 8. */
class NewestRedisTest extends OtherRedisContract {

    @BeforeAll
    static void start() {
        begin(OtherRedis.NEWEST);
    }

    @Override
    String identity() {
        return "redis_version:8.";
    }
}
