package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.queue.JobStoreContract;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.redis.RedisServerForTests;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class RedisJobStoreTest extends JobStoreContract {

    private static final String MAY_EXPIRE =
            "ms:\\{[^}]*}:mainstay\\.canary\\..*|ms:\\{:audit}:[a-z]*:.*|ms:\\{:stats}:.*";

    private static RedisUnderTest redis;

    @BeforeAll
    static void start() {
        redis = new RedisUnderTest(RedisServerForTests.address(), SWEEP_LIMIT);
    }

    @AfterAll
    static void stop() {
        redis.close();
    }

    @Override
    protected StoreUnderTest open() {
        return redis.emptied();
    }

    /** What expires may be evicted by a full Redis, long before its time. */
    @AfterEach
    void nothingThatIsPromisedExpires() {
        List<String> expiring = new ArrayList<>();
        for (Response key : redis.send(Request.cmd(Command.KEYS).arg("*"))) {
            if (redis.send(Request.cmd(Command.PTTL).arg(key.toString())).toLong() >= 0) {
                expiring.add(key.toString());
            }
        }
        assertThat(expiring).allMatch(key -> key.matches(MAY_EXPIRE));
    }
}
