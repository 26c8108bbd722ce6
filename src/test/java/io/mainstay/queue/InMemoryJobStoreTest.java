package io.mainstay.queue;

class InMemoryJobStoreTest extends JobStoreContract {

    @Override
    protected StoreUnderTest open() {
        return TwinUnderTest.open(SWEEP_LIMIT);
    }
}
