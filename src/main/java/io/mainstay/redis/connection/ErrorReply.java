package io.mainstay.redis.connection;

import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Redis words its errors: a code in capitals, then text. The one place that knows the client's own type of them. */
public final class ErrorReply {

    static final String OUT_OF_MEMORY = "OOM";
    /** What the client makes of a socket that ended under a command. */
    static final String CONNECTION_CLOSED = "CONNECTION_CLOSED";

    /** Redis 6.2 wraps what a script runs into: "ERR Error running script … : @user_script: 12: -READONLY …". */
    private static final Pattern OF_SCRIPT = Pattern.compile("^ERR Error running script.*: -([A-Z]+) ");

    private ErrorReply() {}

    /** What Redis said, if the error is its answer; what the client says in its place if the connection ended first. */
    public static Optional<String> of(Throwable error) {
        return error instanceof ErrorType reply ? Optional.of(reply.getMessage()) : Optional.empty();
    }

    /** An answer whose type is ERROR, as commands fail with it. */
    public static Throwable asThrowable(Response error) {
        return (ErrorType) error;
    }

    /** Whether it is an answer with that code. */
    static boolean has(Throwable error, String code) {
        return of(error).filter(said -> code.equals(code(said))).isPresent();
    }

    /** The code, of what a script ran into if it is about that; {@code ERR} if there is no better one. */
    static String code(String message) {
        Matcher wrapped = OF_SCRIPT.matcher(message);
        if (wrapped.find()) {
            return wrapped.group(1);
        }
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
