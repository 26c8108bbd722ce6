package io.mainstay.redis.store;

import io.mainstay.process.OtherRedis;
import org.junit.jupiter.api.BeforeAll;

/** Valkey. */
class NewestValkeyTest extends OtherRedisContract {

    @BeforeAll
    static void start() {
        begin(OtherRedis.VALKEY);
    }

    @Override
    String identity() {
        return "server_name:valkey";
    }
}
