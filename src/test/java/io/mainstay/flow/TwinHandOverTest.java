package io.mainstay.flow;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.queue.StoreUnderTest;
import io.mainstay.queue.TwinUnderTest;

class TwinHandOverTest extends HandOverContract {

    @Override
    protected StoreUnderTest open() {
        return TwinUnderTest.open(100);
    }

    @Override
    protected void forget(StoreUnderTest store, QueueName queue, JobId id) {
        ((TwinUnderTest) store).store().forget(queue, id);
    }
}
