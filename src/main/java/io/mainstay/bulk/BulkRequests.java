package io.mainstay.bulk;

import io.mainstay.rest.BodyPace;
import io.mainstay.rest.HttpProblem;
import io.mainstay.rest.Problem;
import io.mainstay.rest.RestConfig;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The bulk requests under way: as many as may be. One that comes when there are takes the place of the one that has brought
 * nothing for longest, so that bodies which do not come keep nobody out. Thread-safe.
 */
@Singleton
class BulkRequests {

    private static final int TOO_MANY = 429;
    /** Without a byte for so long, a request yields to another. Longer than what a network takes to continue after a loss. */
    private static final long YIELDS_AFTER = TimeUnit.SECONDS.toNanos(2);

    private final Set<BulkBody> open = new HashSet<>();
    private final int most;
    private final RestConfig config;
    private boolean stopping;

    BulkRequests(BulkConfig bulk, RestConfig config) {
        this.most = bulk.maxRequests();
        this.config = config;
    }

    /** @return the body, to be given to {@link #end}; it is stopped already if there is no room */
    BulkBody begin(HttpServerRequest request) {
        BulkBody body = new BulkBody(
                request, new BodyPace(config.bodyIdle(), config.bodyMinRate().asLongValue()));
        synchronized (this) {
            if (stopping) {
                body.stop(HttpProblem.shuttingDown());
            } else if (open.size() < most || yielded()) {
                open.add(body);
            } else {
                body.stop(Problem.of(
                        "too-many-bulk-requests",
                        TOO_MANY,
                        "This instance is already reading its maximum number of bulk requests."));
            }
        }
        return body;
    }

    synchronized void end(BulkBody body) {
        open.remove(body);
    }

    void shutdownAnnounced(@Observes ShutdownDelayInitiatedEvent event) {
        stop();
    }

    void stop(@Observes @Priority(1) ShutdownEvent event) {
        stop();
    }

    private synchronized void stop() {
        stopping = true;
        open.forEach(body -> body.stop(HttpProblem.shuttingDown()));
    }

    private boolean yielded() {
        return open.stream()
                .max(Comparator.comparingLong(BulkBody::idle))
                .filter(body -> body.idle() >= YIELDS_AFTER)
                .filter(body -> {
                    body.stop(BodyPace.problem());
                    return open.remove(body);
                })
                .isPresent();
    }
}
