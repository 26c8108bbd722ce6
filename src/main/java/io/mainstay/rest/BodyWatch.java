package io.mainstay.rest;

import io.mainstay.job.Bounds;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds bodies that are read as a whole to {@link BodyPace}: looks at all of them once a second, and answers for those that
 * come too slowly. They are read as fast as they come, so whatever time passes is their senders'. Those of
 * {@link StreamedBodies} are waited for by whoever reads them. What nobody has read when a request is answered is taken and thrown away for a while, then the
 * connection is closed: one that is closed at once may take the answer with it.
 */
@Singleton
class BodyWatch {

    /** Where a request has its {@link Body}. */
    static final String BODY = BodyWatch.class.getName();

    private static final int BEFORE_CHECKS = RequestChecks.FIRST - 1;
    private static final long DISCARD_MILLIS = 2000;
    private static final long INTERVAL_MILLIS = 1000;
    private static final long MOST_RATE = 1L << 30;

    private final Set<Body> open = ConcurrentHashMap.newKeySet();
    private final RouterProblems problems;
    private final BodyLimit limit;
    private final RestConfig config;

    BodyWatch(RouterProblems problems, BodyLimit limit, RestConfig config) {
        this.problems = problems;
        this.limit = limit;
        this.config = config;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        Bounds.between("mainstay.rest.body-idle", config.bodyIdle(), Duration.ofSeconds(1), Duration.ofMinutes(5));
        Bounds.between("mainstay.rest.body-min-rate", config.bodyMinRate().asLongValue(), 1, MOST_RATE);
        vertx.setPeriodic(INTERVAL_MILLIS, ignored -> open.forEach(Body::look));
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_CHECKS).handler(this::watch);
    }

    private void watch(RoutingContext context) {
        if (RequestChecks.hasBody(context.request())) {
            BodyPace pace = new BodyPace(config.bodyIdle(), config.bodyMinRate().asLongValue());
            Body body = new Body(context, Vertx.currentContext(), pace);
            if (!limit.isStreamed(context.normalizedPath())) {
                open.add(body);
                context.put(BODY, body);
            }
            context.addEndHandler(ignored -> {
                open.remove(body);
                discard(context);
            });
        }
        context.next();
    }

    private static void discard(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isEnded()) {
            return;
        }
        request.handler(ignored -> {}).resume();
        context.vertx().setTimer(DISCARD_MILLIS, ignored -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }

    /** A body that comes. */
    final class Body {

        private final RoutingContext routing;
        private final Context loop;
        private final BodyPace pace;
        private long read;
        private long since = System.nanoTime();

        Body(RoutingContext routing, Context loop, BodyPace pace) {
            this.routing = routing;
            this.loop = loop;
            this.pace = pace;
        }

        /** Nobody will read it: the call may take longer than a body may, and has done its work by then. */
        void isUnread() {
            open.remove(this);
            if (!routing.request().isEnded()) {
                routing.request().handler(ignored -> {}).resume();
            }
        }

        void look() {
            HttpServerRequest request = routing.request();
            long now = System.nanoTime();
            long more = request.bytesRead() - read;
            if (more > 0) {
                pace.came(more);
                pace.waited(now - since);
                read += more;
                since = now;
            }
            if (request.isEnded()) {
                open.remove(this);
            } else if (pace.left(now - since) <= 0 && open.remove(this)) {
                loop.runOnContext(ignored -> problems.refuse(routing, BodyPace.problem()));
            }
        }
    }
}
