package io.mainstay.auth;

import io.mainstay.security.Caller;
import io.mainstay.security.CurrentCaller;
import io.mainstay.security.QueuePatterns;
import io.mainstay.security.SecurityConfig;
import io.quarkus.arc.Arc;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.smallrye.common.vertx.VertxContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;

/** Reads the caller that {@link ApiAuthentication} put into the request's identity. */
@Singleton
class RequestCaller implements CurrentCaller {

    /** Of a request that was not authenticated: it may do nothing. */
    private static final Caller NOBODY = new Caller("nobody", "nobody", Set.of(), new QueuePatterns(List.of()), false);

    private final SecurityConfig config;
    private final CurrentIdentityAssociation identities;

    RequestCaller(SecurityConfig config, CurrentIdentityAssociation identities) {
        this.config = config;
        this.identities = identities;
    }

    @Override
    public Caller get() {
        if (!config.enabled()) {
            return Caller.UNRESTRICTED;
        }
        Caller caller = isInRequest() ? Identities.callerOf(identities.getIdentity()) : null;
        return caller == null ? NOBODY : caller;
    }

    /** Elsewhere, and on a thread that is not the request's, nobody knows who asks: then nothing is allowed. */
    private static boolean isInRequest() {
        return Arc.container().requestContext().isActive() && VertxContext.isOnDuplicatedContext();
    }
}
