package io.mainstay.redis.apikey;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.auth.key.ApiKeyStore;
import io.mainstay.auth.key.ApiKeyStoreContract;
import io.mainstay.redis.RedisServerForTests;
import io.mainstay.redis.store.RedisUnderTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisApiKeyStoreTest extends ApiKeyStoreContract {

    private final RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 1);
    private final ApiKeyStore store = new RedisApiKeyStore(redis.calls());

    @AfterEach
    void close() {
        redis.close();
    }

    @Override
    protected ApiKeyStore store() {
        return store;
    }

    @Override
    protected Instant now() {
        return redis.now();
    }

    @Test
    void spoiledKeysAreLeftOut() {
        answer(store.add(key("a"), 10));
        answer(store.add(key("b"), 10));
        answer(store.add(key("c"), 10));
        redis.send(Request.cmd(Command.HSET)
                .arg(ApiKeyKeys.PREFIX + "a")
                .arg("grant")
                .arg("root boss *"));
        redis.send(Request.cmd(Command.SET).arg(ApiKeyKeys.PREFIX + "b").arg("x"));

        assertThat(answer(store.list(ApiKeyStore.NO_VERSION, Optional.empty(), 10))
                        .keys())
                .hasSize(1);
        assertThat(answer(store.find("a")).key()).isEmpty();
        assertThat(answer(store.find("b")).key()).isEmpty();
    }

    @Test
    void secretIsNotKept() {
        answer(store.add(key("a"), 10));

        assertThat(redis.send(Request.cmd(Command.HVALS).arg(ApiKeyKeys.PREFIX + "a"))
                        .toString())
                .doesNotContain("ms_");
    }
}
