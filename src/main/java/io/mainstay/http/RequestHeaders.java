package io.mainstay.http;

import io.mainstay.job.InvalidValueException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which headers a job may send. Names are compared as receivers in the manner of CGI read them (RFC 3875, 4.1.18), to whom all but
 * letters and digits are one and the same character: {@code Mainstay_Job_Id} would be taken for {@code Mainstay-Job-Id}.
 */
final class RequestHeaders {

    static final int MOST = 64;

    private static final int LONGEST_VALUE = 4096;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\t -~]{0," + LONGEST_VALUE + "}");
    private static final Pattern NOT_ALPHANUMERIC = Pattern.compile("[^a-z0-9]");

    /**
     * They speak of one connection, or of how the message is framed: the client's business (RFC 9110, 7.6.1). Receivers in the
     * manner of CGI take {@code Proxy} for the setting HTTP_PROXY (CVE-2016-5385).
     */
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Sent with each request, and by default with values of ours: there must not be a second one in another spelling. */
    private static final Set<String> WITH_DEFAULTS =
            Set.of("content-type", "idempotency-key", "traceparent", "user-agent");

    /** Receivers rely on these being true. */
    private static final String OURS = "mainstay-";

    /** They prove where a request comes from. */
    private static final String OF_SIGNATURES = "webhook-";

    private RequestHeaders() {}

    /**
     * Adds a header to those of a job.
     *
     * @param field what to call the headers in the error
     * @throws InvalidValueException naming the header and what is wrong with it
     */
    static void add(Map<String, String> headers, String field, String name, String value) {
        check(field, name, value);
        String folded = folded(name);
        if (headers.keySet().stream().anyMatch(other -> folded(other).equals(folded))) {
            throw new InvalidValueException(
                    field, name, "named once, whatever the case of its letters, and with - for _ and the like");
        }
        if (headers.size() == MOST) {
            throw new InvalidValueException(field, MOST + 1, "at most " + MOST + " headers");
        }
        headers.put(name, value);
    }

    private static void check(String field, String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidValueException(field, name, "header names of up to 128 token characters");
        }
        String folded = folded(name);
        if (OF_THE_CONNECTION.contains(folded) || folded.startsWith(OURS) || folded.startsWith(OF_SIGNATURES)) {
            throw new InvalidValueException(field, name, "headers that a job may set");
        }
        if (WITH_DEFAULTS.contains(folded) && !folded.equals(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidValueException(field, name, "spelled " + folded);
        }
        if (!VALUE.matcher(value).matches()) {
            throw new InvalidValueException(
                    field + "." + name, value, "up to " + LONGEST_VALUE + " printable ASCII characters");
        }
    }

    private static String folded(String name) {
        return NOT_ALPHANUMERIC.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
    }
}
