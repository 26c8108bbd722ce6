package io.mainstay.auth;

import io.mainstay.rest.WaitPreference;
import io.mainstay.security.Caller;
import io.mainstay.security.SecurityConfig;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Holds each caller to so many requests a second; bulk requests, waits and event streams at a time. Each instance counts for itself: what the
 * instances share would cost every request a call. Thread-safe.
 */
@Singleton
class CallerLimits {

    private static final String EVENTS = "/v1/events";
    private static final String BULK = "/jobs/bulk";
    private static final String PREFER = "Prefer";

    private final int requestsPerSecond;
    private final int openWaits;
    private final int eventStreams;
    private final int bulkRequests;
    private final CallerUses uses;

    /** What a request takes from its caller's share. */
    enum Kind {
        SHORT("requests"),
        BULK("bulk requests"),
        WAIT("requests that wait"),
        STREAM("event streams");

        private final String plural;

        Kind(String plural) {
            this.plural = plural;
        }

        /** Whether it is cut when its caller is no longer known. */
        boolean lasts() {
            return this == WAIT || this == STREAM;
        }
    }

    @Inject
    CallerLimits(SecurityConfig config) {
        this(config, System::nanoTime);
    }

    /** @param nanos as {@link System#nanoTime} */
    CallerLimits(SecurityConfig config, LongSupplier nanos) {
        requestsPerSecond = config.requestsPerSecond();
        openWaits = config.openWaits();
        eventStreams = config.eventStreams();
        bulkRequests = config.bulkRequests();
        uses = new CallerUses(requestsPerSecond, nanos);
    }

    /**
     * Lets a request of the caller through, or not.
     *
     * @return whether it may last
     * @throws Refusal if the caller has had its share
     */
    boolean admit(Caller caller, RoutingContext context) {
        Kind kind = kind(context.request(), context.normalizedPath());
        if (kind == Kind.SHORT && requestsPerSecond == 0) {
            return false;
        }
        CallerUse use = uses.of(caller.id());
        if (requestsPerSecond > 0) {
            long wait = use.rate().takeOrWait();
            if (wait > 0) {
                throw Refusal.tooMany(
                        Refusal.Reason.TOO_MANY_REQUESTS,
                        "This caller may send %d requests a second to an instance.".formatted(requestsPerSecond),
                        (int) TimeUnit.NANOSECONDS.toSeconds(wait) + 1);
            }
        }
        if (kind == Kind.SHORT) {
            return false;
        }
        int most = most(kind);
        if (!use.open(kind, most)) {
            throw Refusal.tooMany(
                    Refusal.Reason.TOO_MANY_WAITS,
                    "This caller may have %d %s open at an instance.".formatted(most, kind.plural),
                    1);
        }
        context.addEndHandler(ended -> use.close(kind));
        return kind.lasts();
    }

    private int most(Kind kind) {
        return switch (kind) {
            case STREAM -> eventStreams;
            case BULK -> bulkRequests;
            default -> openWaits;
        };
    }

    private static Kind kind(HttpServerRequest request, String path) {
        if (path.equals(EVENTS)) {
            return Kind.STREAM;
        }
        if (path.endsWith(BULK)) {
            return Kind.BULK;
        }
        return request.headers().contains(PREFER)
                        && WaitPreference.in(request.headers().getAll(PREFER))
                                .filter(wait -> wait.compareTo(Duration.ZERO) > 0)
                                .isPresent()
                ? Kind.WAIT
                : Kind.SHORT;
    }
}
