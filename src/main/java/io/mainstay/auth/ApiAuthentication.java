package io.mainstay.auth;

import io.mainstay.rest.PublicFiles;
import io.mainstay.rest.RouterProblems;
import io.mainstay.security.SecurityConfig;
import io.quarkus.arc.All;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AnonymousAuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.BiConsumer;

/** Authenticates every request but those to {@link #OPEN}, before anybody else is asked. */
@Singleton
class ApiAuthentication implements HttpAuthenticationMechanism {

    /**
     * Probes, metrics and the description of the API; the pages, which hold no data of anybody's; reports by callback, whose
     * token is their proof.
     */
    private static final List<String> OPEN = List.of("/q", "/dashboard", "/v1/callbacks");

    /** Where a request has that its caller is known. */
    private static final String KNOWN = ApiAuthentication.class.getName();
    /** Before whoever may refuse the request. */
    private static final int FIRST_ROUTE = -2500;

    private static final long LINGER_MILLIS = 2500;
    private static final String CHALLENGE = "WWW-Authenticate";
    private static final int FIRST = DEFAULT_PRIORITY * 10;
    private static final int UNAUTHORIZED = 401;

    private final boolean enabled;
    private final List<CallerSource> sources;
    private final CallerLimits limits;
    private final LongRequests lasting;
    private final RouterProblems problems;
    private final RefusalLog log;
    private final IdleStrangers strangers = new IdleStrangers();
    private final BiConsumer<RoutingContext, Throwable> refuse = this::refuse;

    ApiAuthentication(
            SecurityConfig config,
            @All List<CallerSource> sources,
            CallerLimits limits,
            LongRequests lasting,
            RouterProblems problems,
            RefusalLog log) {
        this.enabled = config.enabled();
        this.sources = List.copyOf(sources);
        this.limits = limits;
        this.lasting = lasting;
        this.problems = problems;
        this.log = log;
    }

    /**
     * Connections are bounded, and kept for long while they are idle: those of nobody known are not kept, but for a moment where a browser loads
     * file after file.
     */
    void register(@Observes Router router) {
        if (enabled) {
            router.route().order(FIRST_ROUTE).handler(context -> {
                strangers.asked(context.request(), context.vertx());
                context.addHeadersEndHandler(ignored -> {
                    if (context.get(KNOWN) == null && !PublicFiles.isMarked(context)) {
                        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
                    }
                });
                context.addEndHandler(ignored -> {
                    if (context.get(KNOWN) == null) {
                        answered(context);
                    }
                });
                context.next();
            });
        }
    }

    private void answered(RoutingContext context) {
        if (PublicFiles.isMarked(context)) {
            strangers.answered(context.request(), context.vertx());
        } else {
            close(context.request(), context.vertx());
        }
    }

    /** After a while if there is a body: with bytes of it on their way, the answer would be lost. */
    private static void close(HttpServerRequest request, Vertx vertx) {
        if (request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                || request.headers().contains(HttpHeaders.TRANSFER_ENCODING)) {
            vertx.setTimer(LINGER_MILLIS, ignored -> request.connection().close());
        } else {
            request.connection().close();
        }
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        // Of every request: instead of the default one Quarkus works out the path's template, each time, should it be
        // refused.
        context.put(QuarkusHttpUser.AUTH_FAILURE_HANDLER, refuse);
        if (!enabled || isOpen(context.normalizedPath())) {
            // Nobody else is asked either: a probe with a token that is not valid is a probe.
            return identities.authenticate(AnonymousAuthenticationRequest.INSTANCE);
        }
        try {
            String token = BearerToken.of(context.request());
            CallerSource source = sourceOf(token);
            return source.authenticate(token, context, identities).invoke(identity -> admit(context, source, identity));
        } catch (Refusal refusal) {
            return Uni.createFrom().failure(refusal);
        }
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED, CHALLENGE, "Bearer"));
    }

    @Override
    public int getPriority() {
        return FIRST;
    }

    private void admit(RoutingContext context, CallerSource source, SecurityIdentity identity) {
        context.put(KNOWN, KNOWN);
        if (limits.admit(Identities.callerOf(identity), context)) {
            lasting.begun(context, source, identity);
        }
    }

    private CallerSource sourceOf(String token) {
        for (CallerSource source : sources) {
            if (source.takes(token)) {
                return source;
            }
        }
        throw Refusal.unknown(
                Refusal.Reason.MALFORMED, "This is neither a key of this service nor a token that it accepts.");
    }

    private static boolean isOpen(String path) {
        for (String open : OPEN) {
            if (path.startsWith(open) && (path.length() == open.length() || path.charAt(open.length()) == '/')) {
                return true;
            }
        }
        return false;
    }

    private void refuse(RoutingContext context, Throwable failure) {
        if (!(failure instanceof Refusal refusal)) {
            context.fail(failure);
            return;
        }
        SocketAddress from = context.request().remoteAddress();
        log.refused(refusal, from == null ? "somewhere" : from.hostAddress());
        if (refusal.problem().status() == UNAUTHORIZED) {
            context.response().putHeader(CHALLENGE, "Bearer");
        }
        if (refusal.retryAfterSeconds() > 0) {
            context.response().putHeader(HttpHeaders.RETRY_AFTER, Integer.toString(refusal.retryAfterSeconds()));
        }
        problems.refuse(context, refusal.problem());
    }
}
