package io.mainstay.auth.key;

import io.mainstay.auth.CallerSource;
import io.mainstay.auth.Refusal;
import io.mainstay.security.SecurityConfig;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Knows callers by their keys. */
@Singleton
class KeyCallers implements CallerSource {

    private final Optional<KeysFile> file;

    KeyCallers(SecurityConfig config) {
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
            throw Refusal.unknown(Refusal.Reason.MALFORMED, "This is no key, or a mistyped one.");
        }
        KnownKey known = file.map(KeysFile::keys).orElse(Map.of()).get(KeyFormat.idOf(key));
        if (known == null) {
            throw unknown();
        }
        return Uni.createFrom().item(checked(known, key));
    }

    /** Never fails. */
    Uni<Void> refresh() {
        return file.map(KeyCallers::look).orElse(Uni.createFrom().voidItem());
    }

    private static Uni<Void> look(KeysFile file) {
        return Uni.createFrom().voidItem().invoke(file::look).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static SecurityIdentity checked(KnownKey known, byte[] key) {
        if (!known.hash().matches(KeyHash.of(key))) {
            throw unknown();
        }
        if (known.expired(Instant.now())) {
            throw Refusal.unknown(Refusal.Reason.EXPIRED_KEY, "The key has expired.");
        }
        return known.identity();
    }

    private static Refusal unknown() {
        return Refusal.unknown(Refusal.Reason.UNKNOWN_KEY, "The key is unknown or was revoked.");
    }
}
