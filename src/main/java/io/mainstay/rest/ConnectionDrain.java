package io.mainstay.rest;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Ends kept-alive connections with their next answer once the instance is about to end. A caller that sent its next request
 * on one that closes at that moment could not know whether it was served (RFC 9112, section 9.6).
 */
@Singleton
class ConnectionDrain {

    private static final int BEFORE_CHECKS = RequestChecks.FIRST - 2;

    private volatile boolean ending;

    void shutdownAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        ending = true;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_CHECKS).handler(this::watch);
    }

    private void watch(RoutingContext context) {
        context.addHeadersEndHandler(ignored -> {
            if (ending) {
                context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            }
        });
        context.next();
    }
}
