package io.mainstay.auth;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Knows a kind of bearer tokens. */
public interface CallerSource {

    /** Whether it can know anybody, as the service is configured. */
    boolean configured();

    /** Whether it is a token of that kind, by how it looks. */
    boolean takes(String token);

    /** Who the token is of; fails with {@link Refusal} if of nobody. */
    Uni<SecurityIdentity> authenticate(String token, RoutingContext context, IdentityProviderManager identities);

    /** Whether one whom it authenticated before may still be here. */
    boolean knows(SecurityIdentity identity);
}
