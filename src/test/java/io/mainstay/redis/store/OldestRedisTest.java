package io.mainstay.redis.store;

import io.mainstay.process.OtherRedis;
import org.junit.jupiter.api.BeforeAll;

/** Redis 6.0. */
class OldestRedisTest extends OtherRedisContract {

    @BeforeAll
    static void start() {
        begin(OtherRedis.OLDEST);
    }

    @Override
    String identity() {
        return "redis_version:6.0.";
    }
}
