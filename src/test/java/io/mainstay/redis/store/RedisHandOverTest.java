package io.mainstay.redis.store;

import io.mainstay.flow.HandOverContract;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.redis.RedisServerForTests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisHandOverTest extends HandOverContract {

    private static RedisUnderTest redis;

    @BeforeAll
    static void connect() {
        redis = new RedisUnderTest(RedisServerForTests.address(), 100);
    }

    @AfterAll
    static void disconnect() {
        redis.close();
    }

    @Override
    protected StoreUnderTest open() {
        redis.send(Request.cmd(Command.FLUSHALL));
        return new SharedStore(redis);
    }

    @Override
    protected void forget(StoreUnderTest store, QueueName queue, JobId id) {
        RedisKeys keys = new RedisKeys(queue);
        redis.send(Request.cmd(Command.DEL).arg(keys.job(id)));
        for (String state : new String[] {"ready", "blocked"}) {
            redis.send(Request.cmd(Command.ZREM)
                    .arg(new RedisKeys(queue).base() + state)
                    .arg(id.value()));
        }
    }
}
