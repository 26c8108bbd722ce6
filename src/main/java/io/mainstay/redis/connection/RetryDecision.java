package io.mainstay.redis.connection;

import io.mainstay.job.MainstayException;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.Map;
import java.util.Optional;

/** What to do about an error. Every script is safe to repeat, so repeating is always allowed; the question is where. */
public enum RetryDecision {
    /** The script cache is empty (restart, failover, SCRIPT FLUSH): again at once on this connection, with the text. */
    RETRY_HERE,
    /** The connection leads to the wrong node or nowhere, or was made with an old password: a new one, then again. */
    RECONNECT,
    /** Nothing is wrong with the connection, but somebody else serves the key, or will soon: look who, then again. */
    REROUTE,
    /** Nothing is wrong with the connection; the node needs a moment. */
    BACK_OFF,
    /** Repeating would get the same answer, and the caller can do something about it. */
    TELL_CALLER,
    /** Repeating would get the same answer until somebody changes how Redis is set up. */
    STOP;

    private static final Map<String, RetryDecision> BY_CODE = Map.ofEntries(
            Map.entry("NOSCRIPT", RETRY_HERE),
            Map.entry("LOADING", BACK_OFF),
            Map.entry("BUSY", BACK_OFF),
            Map.entry("TRYAGAIN", BACK_OFF),
            Map.entry("CLUSTERDOWN", REROUTE),
            Map.entry("MISCONF", BACK_OFF),
            Map.entry("NOREPLICAS", BACK_OFF),
            Map.entry("READONLY", RECONNECT),
            Map.entry("MASTERDOWN", RECONNECT),
            Map.entry("UNBLOCKED", RECONNECT),
            Map.entry("MOVED", REROUTE),
            Map.entry("ASK", REROUTE),
            Map.entry("NOAUTH", RECONNECT),
            Map.entry("WRONGPASS", RECONNECT),
            Map.entry(ErrorReply.CONNECTION_CLOSED, RECONNECT),
            Map.entry(ErrorReply.OUT_OF_MEMORY, TELL_CALLER),
            Map.entry("NOPERM", STOP));

    public static RetryDecision of(Throwable error) {
        Optional<String> reply = ErrorReply.of(error);
        if (reply.isPresent()) {
            return ofReply(reply.get());
        }
        if (error instanceof MainstayException) {
            return TELL_CALLER;
        }
        // Not a word from Redis: the connection was lost, timed out or never came about.
        return RECONNECT;
    }

    /** @param message an error as Redis words it */
    static RetryDecision ofReply(String message) {
        if (message.startsWith("ERR max number of clients")) {
            return RECONNECT;
        }
        return BY_CODE.getOrDefault(ErrorReply.code(message), TELL_CALLER);
    }

    /** An empty answer of who may not ask, or asks a Redis-like that does not know the question; else the error. */
    public static Future<Response> unlessForbidden(Throwable error) {
        RetryDecision decision = of(error);
        return decision == TELL_CALLER || decision == STOP ? Future.succeededFuture() : Future.failedFuture(error);
    }

    public boolean mayRepeat() {
        return this != TELL_CALLER && this != STOP;
    }
}
