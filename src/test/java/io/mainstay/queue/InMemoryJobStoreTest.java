package io.mainstay.queue;

class InMemoryJobStoreTest extends JobStoreContract {

    @Override
    protected StoreUnderTest open(int sweepLimit) {
        return TwinUnderTest.open(sweepLimit);
    }
}
