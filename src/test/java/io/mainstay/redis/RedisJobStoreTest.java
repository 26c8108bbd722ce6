package io.mainstay.redis;

import io.mainstay.queue.JobStoreContract;
import io.mainstay.queue.StoreUnderTest;

class RedisJobStoreTest extends JobStoreContract {

    @Override
    protected StoreUnderTest open(int sweepLimit) {
        return new RedisUnderTest(RedisServerForTests.address(), sweepLimit);
    }
}
