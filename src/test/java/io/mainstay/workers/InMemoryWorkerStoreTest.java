package io.mainstay.workers;

import io.mainstay.queue.Announcements;
import io.mainstay.queue.InMemoryAnnouncements;
import io.mainstay.queue.TestClock;
import java.time.Duration;
import java.time.Instant;

class InMemoryWorkerStoreTest extends WorkerStoreContract {

    private final TestClock clock = new TestClock();
    private final InMemoryWorkerStore store = new InMemoryWorkerStore(clock::instant);

    @Override
    protected WorkerStore store() {
        return store;
    }

    @Override
    protected Announcements announcements() {
        return new InMemoryAnnouncements(clock, store::served);
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void letPass(Duration time) {
        clock.advance(time);
    }
}
