package io.mainstay.jobtype;

import java.time.Duration;
import java.time.Instant;

class InMemoryHandlerStoreTest extends HandlerStoreContract {

    private Instant now = Instant.parse("2026-11-28T12:00:00Z");
    private final HandlerStore store = new InMemoryHandlerStore(() -> now);

    @Override
    protected HandlerStore store() {
        return store;
    }

    @Override
    protected Instant now() {
        return now;
    }

    @Override
    protected void letPass(Duration duration) {
        now = now.plus(duration);
    }
}
