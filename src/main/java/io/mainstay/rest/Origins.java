package io.mainstay.rest;

import io.mainstay.job.InvalidValueException;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whose pages may change something. A browser sends requests for any page to any address and says so in {@code Origin} and
 * {@code Sec-Fetch-Site}, which no script can forge. Clients that are no browsers send neither.
 */
@Singleton
class Origins {

    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#@\\s]+");
    private static final String SITE = "Sec-Fetch-Site";
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Set<String> allowed;

    Origins(RestConfig config) {
        this.allowed = config.allowedOrigins().orElse(List.of()).stream()
                .map(Origins::checked)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the request comes from a page that is neither ours nor configured. */
    boolean foreign(HttpServerRequest request) {
        MultiMap headers = request.headers();
        List<String> origins = headers.getAll(HttpHeaders.ORIGIN);
        if (origins.size() == 1 && allowed.contains(lower(origins.get(0)))) {
            return false;
        }
        return !origins.stream().allMatch(origin -> own(lower(origin), request))
                || !headers.getAll(SITE).stream().map(Origins::lower).allMatch(OWN_SITES::contains);
    }

    /** Behind a proxy that ends TLS we do not see the scheme of the caller, so only plain pages of a TLS service count. */
    private static boolean own(String origin, HttpServerRequest request) {
        String host = request.getHeader(HttpHeaders.HOST);
        if (host == null && request.authority() != null) {
            host = request.authority().toString();
        }
        int colon = origin.indexOf("://");
        if (host == null || colon < 0 || request.isSSL() && !origin.startsWith("https://")) {
            return false;
        }
        String port = origin.startsWith("https://") ? ":443" : ":80";
        return without(port, origin.substring(colon + 3)).equals(without(port, lower(host)));
    }

    private static String without(String port, String authority) {
        return authority.endsWith(port) ? authority.substring(0, authority.length() - port.length()) : authority;
    }

    private static String checked(String origin) {
        String lower = lower(origin);
        if (!ORIGIN.matcher(lower).matches()) {
            throw new InvalidValueException(
                    "mainstay.rest.allowed-origins", origin, "made of origins such as https://console.example");
        }
        return lower;
    }

    private static String lower(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }
}
