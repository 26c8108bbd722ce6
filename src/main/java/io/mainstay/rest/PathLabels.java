package io.mainstay.rest;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Metrics label requests by the path of their operation, which the REST layer puts here once it has found that. For those that are refused
 * before, they would take the path as it was sent: whoever calls odd paths, without a key, would use up the labels that there may be,
 * and write whatever is in them into the metrics.
 */
@Singleton
class PathLabels {

    private static final int FIRST = -3001;
    /** Quarkus' name for it. */
    private static final String LABEL = "UrlPathTemplate";

    private static final String NO_OPERATION = "/(none)";

    void register(@Observes Router router) {
        router.route().order(FIRST).handler(context -> {
            Context current = Vertx.currentContext();
            if (current != null) {
                current.putLocal(LABEL, NO_OPERATION);
            }
            context.next();
        });
    }
}
