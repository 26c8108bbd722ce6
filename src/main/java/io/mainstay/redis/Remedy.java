package io.mainstay.redis;

import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Map;

/** What to do about an error. Every script is safe to repeat, so repeating is always allowed; the question is where. */
enum Remedy {
    /** The script cache is empty (restart, failover, SCRIPT FLUSH): send the text. */
    SEND_TEXT,
    /** Nothing is wrong with the connection; the node needs a moment. */
    BACK_OFF,
    /** The connection leads to the wrong node or nowhere: a new one, then again. */
    RECONNECT,
    /** Repeating would get the same answer. */
    TELL_CALLER;

    private static final Map<String, Remedy> BY_PREFIX = Map.ofEntries(
            Map.entry("NOSCRIPT", SEND_TEXT),
            Map.entry("LOADING", BACK_OFF),
            Map.entry("BUSY", BACK_OFF),
            Map.entry("TRYAGAIN", BACK_OFF),
            Map.entry("CLUSTERDOWN", BACK_OFF),
            Map.entry("MISCONF", BACK_OFF),
            Map.entry("OOM", BACK_OFF),
            Map.entry("NOREPLICAS", BACK_OFF),
            Map.entry("READONLY", RECONNECT),
            Map.entry("MASTERDOWN", RECONNECT),
            Map.entry("UNBLOCKED", RECONNECT),
            Map.entry("MOVED", RECONNECT),
            Map.entry("ASK", RECONNECT),
            Map.entry("NOAUTH", RECONNECT),
            Map.entry("WRONGPASS", RECONNECT),
            // What the client makes of a socket that ended under a command.
            Map.entry("CONNECTION_CLOSED", RECONNECT));

    static Remedy of(Throwable error) {
        if (error instanceof ErrorType reply) {
            return ofReply(reply.getMessage());
        }
        // Not a word from Redis: the connection was lost, timed out or never came about.
        return RECONNECT;
    }

    /** @param message an error as Redis words it: a prefix in capitals, then text */
    static Remedy ofReply(String message) {
        int end = message.indexOf(' ');
        return BY_PREFIX.getOrDefault(end < 0 ? message : message.substring(0, end), embedded(message));
    }

    /** Redis 6.2 wraps what a script runs into as "ERR Error running script … : @user_script: 12: -READONLY …". */
    private static Remedy embedded(String message) {
        return BY_PREFIX.entrySet().stream()
                .filter(entry -> message.contains("-" + entry.getKey() + " "))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(TELL_CALLER);
    }

    boolean mayRepeat() {
        return this != TELL_CALLER;
    }
}
