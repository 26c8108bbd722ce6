package io.mainstay.lease;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** The secret under which tokens are signed, read once. Thread-safe. */
@Singleton
public final class SharedSecret {

    private static final int BYTES = 32;

    private final SecretStore store;
    private volatile byte[] known;

    SharedSecret(SecretStore store) {
        this.store = store;
    }

    public Uni<byte[]> get() {
        byte[] secret = known;
        return secret == null ? read() : Uni.createFrom().item(secret);
    }

    /** From the store: it may have another one by now, if it lost what it had. */
    Uni<byte[]> read() {
        byte[] secret = known;
        if (secret == null) {
            secret = new byte[BYTES];
            new SecureRandom().nextBytes(secret);
        }
        return store.secret(secret).invoke(shared -> known = shared);
    }
}
