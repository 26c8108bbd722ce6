package io.mainstay.auth.key;

import io.mainstay.auth.Grant;
import io.mainstay.auth.Identities;
import io.mainstay.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Optional;

/** A key that this instance can check without asking anybody, and the identity of those who have it. */
record KnownKey(KeyHash hash, SecurityIdentity identity, Caller caller, Optional<Instant> expiresAt) {

    static KnownKey of(String id, KeyHash hash, Grant grant, Optional<Instant> expiresAt) {
        Caller caller = grant.caller(id);
        return new KnownKey(hash, Identities.of(caller), caller, expiresAt);
    }

    boolean expired(Instant now) {
        return expiresAt.map(end -> !now.isBefore(end)).orElse(false);
    }
}
