package io.mainstay.redis.jobtype;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.jobtype.HandlerStore;
import io.mainstay.jobtype.HandlerStoreContract;
import io.mainstay.redis.RedisServerForTests;
import io.mainstay.redis.settings.SettingKeys;
import io.mainstay.redis.store.RedisUnderTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisHandlerStoreTest extends HandlerStoreContract {

    private final RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 1);
    private final HandlerStore store = new RedisHandlerStore(redis.calls());

    @AfterEach
    void close() {
        redis.close();
    }

    @Override
    protected HandlerStore store() {
        return store;
    }

    @Override
    protected Instant now() {
        return redis.now();
    }

    @Override
    protected void letPass(Duration duration) {
        redis.letPass(duration);
    }

    @Test
    void spoiledEntriesAreNoHolds() {
        redis.send(Request.cmd(Command.HSET).arg(HandlerKeys.HELD).arg("mail").arg("for ever"));
        redis.send(Request.cmd(Command.HSET)
                .arg(HandlerKeys.HELD)
                .arg("not a handler")
                .arg("1 2"));
        redis.send(Request.cmd(Command.HSET)
                .arg(SettingKeys.META)
                .arg("handlers_version")
                .arg("x"));

        assertThat(answer(store.overview("-")).held()).isEmpty();
    }
}
