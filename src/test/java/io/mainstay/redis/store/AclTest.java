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
    private static RedisUnderTest store;

    @BeforeAll
    static void start() {
        node = RedisNode.start().awaitUp();
        MainstayUser.make(node);
        String address = "redis://" + MainstayUser.LOGIN + "@127.0.0.1:" + node.port();
        store = new RedisUnderTest(
                new RedisOptions().setConnectionString(address),
                node.address(),
                RedisUnderTest.contractValues(SWEEP_LIMIT));
    }

    @AfterAll
    static void stop() {
        if (store != null) {
            store.close();
        }
        if (node != null) {
            node.close();
        }
    }

    @Override
    protected StoreUnderTest open() {
        return store.emptied();
    }
}
