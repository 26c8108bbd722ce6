package io.mainstay.http;

import io.mainstay.job.InvalidValueException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a job may send. */
final class RequestHeaders {

    static final int MOST = 64;

    private static final int LONGEST_VALUE = 4096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\t -~]{0," + LONGEST_VALUE + "}");

    /** They speak of one connection, or of how the message is framed: the client's business (RFC 9110, 7.6.1). */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Receivers rely on these being true. */
    private static final String OURS = "mainstay-";

    private RequestHeaders() {}

    /**
     * @param field what to call the headers in the error
     * @throws InvalidValueException naming the header and what is wrong with it
     */
    static void check(String field, String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException(field, name, "header names of up to 128 token characters");
        }
        if (OF_THE_CONNECTION.contains(lower) || lower.startsWith(OURS)) {
            throw new InvalidValueException(field, name, "headers that a job may set");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new InvalidValueException(
                    field + "." + name, value, "up to " + LONGEST_VALUE + " printable ASCII characters");
        }
    }
}
