package io.mainstay.redis.store;

import io.mainstay.process.RedisNode;
import io.mainstay.queue.JobStoreContract;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.redis.MainstayUser;
import io.vertx.redis.client.RedisOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A user with the documented rights can do all that the store promises. */
class AclTest extends JobStoreContract {

    private static RedisNode node;

    @BeforeAll
    static void start() {
        node = RedisNode.start().awaitUp();
        MainstayUser.make(node);
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @Override
    protected StoreUnderTest open(int sweepLimit) {
        node.call("FLUSHALL");
        String address = "redis://" + MainstayUser.LOGIN + "@127.0.0.1:" + node.port();
        return new RedisUnderTest(
                new RedisOptions().setConnectionString(address),
                node.address(),
                RedisUnderTest.contractValues(sweepLimit));
    }
}
