package io.mainstay.http.url;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Where a request goes, in the one normal form that is both checked against the allowed URLs and sent: scheme and host
 * in lower case, the port always there, dot segments resolved.
 *
 * @param scheme {@code http} or {@code https}
 * @param host name or address; an IPv6 address without its brackets
 * @param port 1 to 65535
 * @param path begins with a slash
 * @param query without its question mark, or null
 */
public record TargetUrl(String scheme, String host, int port, String path, String query) {

    private static final int LONGEST = 2048;

    /**
     * @param field what to call the value in the error
     * @throws InvalidValueException if it is not a plain absolute http URL
     */
    public static TargetUrl parse(String field, String text) {
        if (text == null || text.isEmpty() || text.length() > LONGEST) {
            throw new InvalidValueException(field, text, "a URL of 1 to " + LONGEST + " characters");
        }
        // A value with a user's name may have a password too, which must not get into logs and answers.
        String shown = text.indexOf('@') < 0 ? text : "(not shown)";
        if (!text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new InvalidValueException(field, shown, "in ASCII, other characters percent-encoded");
        }
        URI uri;
        Authority authority;
        try {
            uri = new URI(text);
            if (uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0) {
                throw new InvalidValueException(field, shown, "a URL without user name or password");
            }
            authority = Authority.of(uri);
        } catch (URISyntaxException malformed) {
            throw new InvalidValueException(field, shown, "a valid URL (" + malformed.getReason() + ")");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new InvalidValueException(field, shown, "an absolute http or https URL with a host");
        }
        if (authority.host().indexOf('%') >= 0) {
            throw new InvalidValueException(field, shown, "a URL whose host has no zone and no percent-encoding");
        }
        if (authority.isNumeric() && !authority.isPlainAddress()) {
            throw new InvalidValueException(
                    field, shown, "a URL whose IPv4 address is four numbers without leading zeros");
        }
        if (scheme.equals("https") && authority.host().indexOf('_') >= 0) {
            // The JDK refuses to compare such a name with a certificate: no attempt could succeed.
            throw new InvalidValueException(field, shown, "an https URL of a host without underscores");
        }
        if (uri.getRawFragment() != null) {
            throw new InvalidValueException(field, shown, "a URL without a fragment");
        }
        return new TargetUrl(
                scheme,
                authority.host(),
                portOf(field, authority.port(), scheme),
                UrlPath.resolve(field, uri.getRawPath()),
                uri.getRawQuery());
    }

    public boolean ssl() {
        return scheme.equals("https");
    }

    /** Path and query, as they stand in the request line. */
    public String requestUri() {
        return query == null ? path : path + "?" + query;
    }

    /**
     * Scheme, host and port: what connections, their limits and the line that a job waits in hang on. Of a very long name a hash
     * stands for the host.
     */
    public String origin() {
        String whole = scheme + "://" + shownHost() + ":" + port;
        return whole.length() <= JobOptions.LONGEST_TARGET ? whole : scheme + "://" + hash(host) + ":" + port;
    }

    /** For people: without the query, which may hold secrets. */
    @Override
    public String toString() {
        return scheme + "://" + shownHost() + ":" + port + path;
    }

    private String shownHost() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static String hash(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int portOf(String field, int given, String scheme) {
        int port = given >= 0 ? given : scheme.equals("https") ? 443 : 80;
        if (port < 1 || port > 65_535) {
            throw new InvalidValueException(field, port, "a URL with a port between 1 and 65535");
        }
        return port;
    }
}
