package io.mainstay.auth.key;

import io.mainstay.auth.CallerSource;
import io.mainstay.auth.Identities;
import io.mainstay.auth.Refusal;
import io.mainstay.security.Caller;
import io.mainstay.security.SecurityConfig;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Knows callers by their keys. */
@Singleton
class KeyCallers implements CallerSource {

    private static final Logger LOG = Logger.getLogger(KeyCallers.class);

    private final Optional<KeysFile> file;
    private final StoredKeys stored;

    KeyCallers(SecurityConfig config, ApiKeyStore store) {
        stored = new StoredKeys(store, System::nanoTime);
        file = config.enabled() ? config.keysFile().map(name -> new KeysFile(Path.of(name))) : Optional.empty();
    }

    @Override
    public boolean configured() {
        return file.isPresent();
    }

    @Override
    public boolean takes(String token) {
        return token.startsWith(KeyFormat.PREFIX);
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            String token, RoutingContext context, IdentityProviderManager identities) {
        byte[] key = token.getBytes(StandardCharsets.ISO_8859_1);
        if (!KeyFormat.isKey(key)) {
            throw Refusal.unknown(Refusal.Reason.MALFORMED, "This is not a valid key, or it is mistyped.");
        }
        String id = KeyFormat.idOf(key);
        Optional<KnownKey> known = inFile(id).or(() -> stored.known(id));
        if (known.isPresent()) {
            return Uni.createFrom().item(checked(known.get(), key));
        }
        Context loop = Vertx.currentContext();
        return stored.lookUp(id)
                .map(found -> checked(found.orElseThrow(KeyCallers::unknown), key))
                // The store answers on its own event loops.
                .emitOn(task -> loop.runOnContext(ignored -> task.run()));
    }

    private Optional<KnownKey> inFile(String id) {
        return file.map(keys -> keys.keys().get(id));
    }

    /** Nobody but whoever writes the file can take it back. */
    boolean isInFile(String id) {
        return inFile(id).isPresent();
    }

    /** While that cannot be told, they may. */
    @Override
    public boolean knows(SecurityIdentity identity) {
        Caller caller = Identities.callerOf(identity);
        try {
            return inFile(caller.id())
                    .or(() -> stored.known(caller.id()))
                    .filter(key -> key.caller().equals(caller) && !key.expired(stored.now()))
                    .isPresent();
        } catch (Refusal away) {
            return true;
        }
    }

    /** By which keys expire. */
    Instant now() {
        return stored.now();
    }

    /** A key was made by way of this instance. */
    void made(ApiKey key) {
        stored.remember(key);
    }

    /** A key was revoked by way of this instance. */
    void revoked(String id) {
        stored.forget(id);
    }

    /** Looks whether keys have changed. Fails if the store does not answer; those of the file are looked for nevertheless. */
    Uni<Void> refresh() {
        return file.map(KeyCallers::look).orElse(Uni.createFrom().voidItem()).chain(stored::refresh);
    }

    private static Uni<Void> look(KeysFile file) {
        return Uni.createFrom()
                .voidItem()
                .invoke(file::look)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                // What is wrong with the file keeps no key of the store from being revoked.
                .onFailure()
                .invoke(failure -> LOG.error("The keys file could not be checked", failure))
                .onFailure()
                .recoverWithNull();
    }

    private SecurityIdentity checked(KnownKey known, byte[] key) {
        if (!known.hash().matches(KeyHash.of(key))) {
            throw unknown();
        }
        if (known.expired(stored.now())) {
            throw Refusal.unknown(Refusal.Reason.EXPIRED_KEY, "The key has expired.");
        }
        return known.identity();
    }

    private static Refusal unknown() {
        return Refusal.unknown(Refusal.Reason.UNKNOWN_KEY, "The key is unknown or was revoked.");
    }
}
