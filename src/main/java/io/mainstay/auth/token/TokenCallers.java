package io.mainstay.auth.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.auth.CallerSource;
import io.mainstay.auth.Identities;
import io.mainstay.auth.Refusal;
import io.mainstay.security.SecurityConfig;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jboss.logging.Logger;

/** Knows callers by tokens of an identity provider, which Quarkus verifies. */
@Singleton
class TokenCallers implements CallerSource {

    private static final Logger LOG = Logger.getLogger(TokenCallers.class);
    /** A JWS in its compact form. Others would have to be shown to the provider, each with a call. */
    private static final Pattern SIGNED = Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++");

    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final boolean enabled;
    private final OidcAuthenticationMechanism oidc;
    private final TokenClaims claims;
    private final ObjectMapper mapper;
    private final Clock clock;

    TokenCallers(
            SecurityConfig config,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean tenantEnabled,
            @ConfigProperty(name = "quarkus.oidc.token.audience") Optional<List<String>> audience,
            OidcAuthenticationMechanism oidc,
            ObjectMapper mapper,
            Clock clock) {
        this.enabled = config.enabled() && tenantEnabled;
        this.oidc = oidc;
        this.claims = new TokenClaims(config.oidc());
        this.mapper = mapper;
        this.clock = clock;
        if (enabled && audience.isEmpty()) {
            throw new IllegalStateException(
                    "An identity provider is configured, but no audience: every token that it issues for any application would be accepted here. Set"
                            + " quarkus.oidc.token.audience (QUARKUS_OIDC_TOKEN_AUDIENCE) to the audience of this service.");
        }
    }

    @Override
    public boolean configured() {
        return enabled;
    }

    @Override
    public boolean takes(String token) {
        return enabled && SIGNED.matcher(token).matches();
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            String token, RoutingContext context, IdentityProviderManager identities) {
        return oidc.authenticate(context, identities)
                .ifNoItem()
                .after(LONGEST)
                .fail()
                .map(identity -> identity == null ? refuse() : caller(identity))
                .onFailure()
                .transform(TokenCallers::refusal);
    }

    @Override
    public boolean knows(SecurityIdentity identity) {
        return !(identity.getPrincipal() instanceof JsonWebToken token)
                || token.getExpirationTime() > clock.instant().getEpochSecond();
    }

    private SecurityIdentity caller(SecurityIdentity identity) {
        if (!(identity.getPrincipal() instanceof JsonWebToken token)) {
            return refuse();
        }
        return claims.caller(read(token), token.getName())
                .map(caller -> Identities.of(caller, identity))
                .orElseGet(TokenCallers::refuse);
    }

    private JsonNode read(JsonWebToken token) {
        try {
            return mapper.readTree(
                    Base64.getUrlDecoder().decode(token.getRawToken().split("\\.")[1]));
        } catch (IOException | IllegalArgumentException e) {
            throw refused();
        }
    }

    private static Throwable refusal(Throwable failure) {
        if (failure instanceof Refusal) {
            return failure;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof AuthenticationFailedException) {
                return refused();
            }
        }
        LOG.debug("a token could not be checked", failure);
        return Refusal.unavailable(
                "Tokens cannot be checked: the identity provider does not answer. Try again later.", 5);
    }

    private static SecurityIdentity refuse() {
        throw refused();
    }

    private static Refusal refused() {
        return Refusal.unknown(Refusal.Reason.TOKEN, "The token is not valid here, or has expired.");
    }
}
