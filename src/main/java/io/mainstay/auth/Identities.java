package io.mainstay.auth;

import io.mainstay.security.Caller;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;

/** The identity of a request as Quarkus has it, with our {@link Caller} in it. */
public final class Identities {

    private static final String CALLER = "io.mainstay.caller";

    private Identities() {}

    public static SecurityIdentity of(Caller caller) {
        return with(caller, QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(caller.name())));
    }

    public static SecurityIdentity of(Caller caller, SecurityIdentity provided) {
        return with(caller, QuarkusSecurityIdentity.builder(provided));
    }

    /** Null if it has none. */
    public static Caller callerOf(SecurityIdentity identity) {
        return identity == null ? null : identity.getAttribute(CALLER);
    }

    private static SecurityIdentity with(Caller caller, QuarkusSecurityIdentity.Builder identity) {
        return identity.addAttribute(CALLER, caller).setAnonymous(false).build();
    }
}
