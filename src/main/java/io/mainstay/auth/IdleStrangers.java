package io.mainstay.auth;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes connections on which nobody is known once they have been idle for a moment. One of HTTP/2 is left to the server's own limit for idle
 * ones: known callers may have requests open on it. Thread-safe.
 */
final class IdleStrangers {

    private static final long IDLE_MILLIS = 5000;

    private final long idleMillis;
    /** The timer of each that is idle now, so there are no more than connections. */
    private final Map<HttpConnection, Long> timers = new ConcurrentHashMap<>();

    IdleStrangers() {
        this(IDLE_MILLIS);
    }

    IdleStrangers(long idleMillis) {
        this.idleMillis = idleMillis;
    }

    /** The connection has another request. */
    void asked(HttpServerRequest request, Vertx vertx) {
        Long timer = timers.isEmpty() ? null : timers.remove(request.connection());
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    /** A request of nobody known was answered. */
    void answered(HttpServerRequest request, Vertx vertx) {
        if (request.version() == HttpVersion.HTTP_2) {
            return;
        }
        HttpConnection connection = request.connection();
        timers.put(connection, vertx.setTimer(idleMillis, timer -> {
            if (timers.remove(connection, timer)) {
                connection.close();
            }
        }));
    }
}
