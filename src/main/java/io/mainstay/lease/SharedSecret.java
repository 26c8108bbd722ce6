package io.mainstay.lease;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The secret under which tokens are signed. Read once, and again when a text turns up that was not signed under it, every ten seconds
 * at most: a store that lost all it had has another one by now. Thread-safe.
 */
@Singleton
public final class SharedSecret {

    private static final int BYTES = 32;
    private static final long AGAIN = TimeUnit.SECONDS.toNanos(10);

    private record Known(byte[] secret, Signer signer) {}

    private final SecretStore store;
    private final LongSupplier nanos;
    private final AtomicLong nextRead;
    private volatile Known known;

    @Inject
    SharedSecret(SecretStore store) {
        this(store, System::nanoTime);
    }

    SharedSecret(SecretStore store, LongSupplier nanos) {
        this.store = store;
        this.nanos = nanos;
        this.nextRead = new AtomicLong(nanos.getAsLong());
    }

    public Uni<Signer> signer() {
        Known secret = known;
        return secret == null ? read() : Uni.createFrom().item(secret.signer);
    }

    /** The contents of texts, in their order; empty where one was not signed under the secret. */
    public Uni<List<Optional<byte[]>>> open(SignedText format, List<String> texts) {
        return signer().flatMap(signer -> {
            List<Optional<byte[]>> contents = open(format, texts, signer);
            if (contents.stream().allMatch(Optional::isPresent) || !mayReadAgain()) {
                return Uni.createFrom().item(contents);
            }
            return read().map(now -> now == signer ? contents : open(format, texts, now))
                    .onFailure()
                    .recoverWithItem(contents);
        });
    }

    private static List<Optional<byte[]>> open(SignedText format, List<String> texts, Signer signer) {
        return texts.stream().map(text -> format.read(text, signer)).toList();
    }

    /** Texts of strangers must not cost the store a call each. */
    private boolean mayReadAgain() {
        long now = nanos.getAsLong();
        long due = nextRead.get();
        return now - due >= 0 && nextRead.compareAndSet(due, now + AGAIN);
    }

    private Uni<Signer> read() {
        Known secret = known;
        return store.secret(secret == null ? fresh() : secret.secret).map(this::keep);
    }

    private Signer keep(byte[] shared) {
        Known secret = known;
        if (secret == null || !Arrays.equals(secret.secret, shared)) {
            secret = new Known(shared, new Signer(shared));
            known = secret;
        }
        return secret.signer;
    }

    private static byte[] fresh() {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }
}
