package io.mainstay.redis.connection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Redis words its errors: a code in capitals, then text. */
final class ErrorReply {

    static final String OUT_OF_MEMORY = "OOM";
    /** What the client makes of a socket that ended under a command. */
    static final String CONNECTION_CLOSED = "CONNECTION_CLOSED";

    /** Redis 6.2 wraps what a script runs into: "ERR Error running script … : @user_script: 12: -READONLY …". */
    private static final Pattern OF_SCRIPT = Pattern.compile("^ERR Error running script.*: -([A-Z]+) ");

    private ErrorReply() {}

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
