package io.mainstay.auth.key;

import java.time.Instant;

class InMemoryApiKeyStoreTest extends ApiKeyStoreContract {

    private final InMemoryApiKeyStore store = new InMemoryApiKeyStore(InMemoryApiKeyStoreTest::millis);

    @Override
    protected ApiKeyStore store() {
        return store;
    }

    @Override
    protected Instant now() {
        return millis();
    }

    private static Instant millis() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}
