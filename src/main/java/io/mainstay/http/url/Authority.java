package io.mainstay.http.url;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Host and port of a URL.
 *
 * @param host in lower case; an IPv6 address without its brackets
 * @param port -1 if it is left out
 */
record Authority(String host, int port) {

    /**
     * Names with underscores, as resolvers know them and {@link URI} does not: {@code my_service}. Else as strict as that: the last
     * of several labels begins with no digit, so that nothing can be read as an address ({@code a_b.0x7f.1}).
     */
    private static final Pattern NAME;

    private static final Pattern NUMERIC = Pattern.compile("(?:[^:]*\\.)?(?:[0-9]+|0x[0-9a-f]*)\\.?");
    private static final Pattern PLAIN_ADDRESS = Pattern.compile("(?:(?:0|[1-9][0-9]{0,2})(?:\\.(?!$)|$)){4}");

    static {
        String rest = "(?:[a-z0-9_-]*[a-z0-9_])?";
        String label = "[a-z0-9_]" + rest;
        String last = "[a-z_]" + rest;
        NAME = Pattern.compile("((?:%1$s|(?:%1$s\\.)+%2$s)\\.?)(?::([0-9]{0,5}))?".formatted(label, last));
    }

    /** @throws URISyntaxException if there is none, or none of host and port alone */
    static Authority of(URI uri) throws URISyntaxException {
        String authority = uri.getRawAuthority();
        if (authority != null && authority.indexOf('_') >= 0 && uri.getHost() == null) {
            Matcher name = NAME.matcher(authority.toLowerCase(Locale.ROOT));
            if (name.matches()) {
                String port = name.group(2);
                return new Authority(name.group(1), port == null || port.isEmpty() ? -1 : Integer.parseInt(port));
            }
        }
        URI parsed = uri.parseServerAuthority();
        if (parsed.getHost() == null) {
            throw new URISyntaxException(uri.toString(), "Expected a host");
        }
        String host = parsed.getHost().toLowerCase(Locale.ROOT);
        return new Authority(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, parsed.getPort());
    }

    /** Whether it ends in a number, so that some would read it as an IPv4 address: {@code 127.0.0.1}, {@code 2130706433}, {@code 0x7f000001}. */
    boolean isNumeric() {
        return NUMERIC.matcher(host).matches();
    }

    /** Whether it is an address that everybody reads alike. */
    boolean isPlainAddress() {
        return PLAIN_ADDRESS.matcher(host).matches();
    }
}
