package io.mainstay.redis.hook;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.hook.HookStore;
import io.mainstay.hook.HookStoreContract;
import io.mainstay.redis.RedisServerForTests;
import io.mainstay.redis.store.RedisUnderTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisHookStoreTest extends HookStoreContract {

    private final RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 1);
    private final HookStore store = new RedisHookStore(redis.calls());

    @AfterEach
    void close() {
        redis.close();
    }

    @Override
    protected HookStore store() {
        return store;
    }

    @Test
    void spoiledEntriesAreNoHooks() {
        redis.send(Request.cmd(Command.HSET)
                .arg("ms:{:settings}:hooks:declared")
                .arg("ops")
                .arg("nonsense"));
        redis.send(Request.cmd(Command.HSET)
                .arg("ms:{:settings}:hooks:declared")
                .arg("not a name")
                .arg("created t\n{}"));

        assertThat(answer(store.read(HookStore.NO_VERSION, 0)).hooks()).isEmpty();
    }
}
