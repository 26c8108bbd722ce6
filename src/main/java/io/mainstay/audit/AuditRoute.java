package io.mainstay.audit;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Sees every request first and every answer last: the one place where records are made, whoever answered. A record is in the log
 * before the first byte of the answer is written.
 */
@Singleton
class AuditRoute {

    /** Before whoever may refuse the request. */
    private static final int FIRST = -2000;

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NO_ANSWER = 0;
    private static final String DONE = AuditRoute.class.getName();

    private final AuditTrail trail;
    private final AuditConfig config;
    /** Those of nobody known, and those of known callers: neither kind hides the other. */
    private final RefusalRate unknown = new RefusalRate(System::nanoTime);

    private final RefusalRate known = new RefusalRate(System::nanoTime);

    AuditRoute(AuditTrail trail, AuditConfig config) {
        this.trail = trail;
        this.config = config;
    }

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(this::watch);
    }

    private void watch(RoutingContext context) {
        context.addHeadersEndHandler(
                ignored -> answered(context, context.response().getStatusCode()));
        // Whoever asked for a change and did not wait for the answer has asked for it nevertheless.
        context.addEndHandler(ignored -> answered(context, NO_ANSWER));
        context.next();
    }

    private void answered(RoutingContext context, int status) {
        AuditDraft draft = context.get(AuditDraft.KEY);
        boolean refused = status == UNAUTHORIZED || status == FORBIDDEN;
        if (draft == null && !refused || context.get(DONE) != null) {
            return;
        }
        context.put(DONE, DONE);
        if (refused) {
            refused(context, draft, status);
            return;
        }
        Optional<AuditKind> kind = draft.operation().kind();
        if (kind.isPresent() && (kind.get() != AuditKind.ENQUEUES || config.enqueues())) {
            trail.add(kind.get(), draft.record(address(context), status));
        }
    }

    private void refused(RoutingContext context, AuditDraft draft, int status) {
        RefusalRate rate = status == UNAUTHORIZED ? unknown : known;
        if (rate.admits()) {
            AuditDraft what = draft == null ? AuditDraft.ofNobody(context.request()) : draft;
            long left = rate.takeLeftOut();
            if (left > 0) {
                what.detail("leftOut=" + left);
            }
            trail.add(AuditKind.REFUSALS, what.record(address(context), status));
        }
    }

    /** That of the connection, or what a trusted proxy says: {@code quarkus.http.proxy.*}. */
    private static String address(RoutingContext context) {
        HttpServerRequest request = context.request();
        SocketAddress address = request.remoteAddress();
        return address == null ? null : address.hostAddress() == null ? address.host() : address.hostAddress();
    }
}
