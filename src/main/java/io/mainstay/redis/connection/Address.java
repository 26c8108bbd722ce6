package io.mainstay.redis.connection;

import io.mainstay.logging.Secrets;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as in {@code quarkus.redis.hosts}: {@code redis://user:password@host:port/database?client=name}. Host names may
 * be all that resolvers take, underscores among them, which {@link URI} does not read as hosts.
 *
 * @param scheme {@code redis} or {@code rediss}
 * @param userInfo what stands before the last {@code @}, as it stands there
 * @param node host, and port or the default
 * @param rest path and query, as they stand there
 */
public record Address(String scheme, Optional<String> userInfo, Node node, String rest) {

    private static final int DEFAULT_PORT = 6379;
    private static final int MOST_PORT = 65535;
    private static final Pattern DATABASE = Pattern.compile("(/\\d{0,9})?");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(\\[[0-9A-Fa-f:.%]+]|[\\p{Alnum}._-]+)(?::(\\d{1,5}))?");

    /** @throws IllegalArgumentException if it cannot be read; the message holds no password */
    public static Address of(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            // Not its cause: that one quotes all of the text.
            throw bad(text, e.getReason());
        }
        if (!"redis".equals(uri.getScheme()) && !"rediss".equals(uri.getScheme())) {
            throw bad(text, "it must begin with redis:// or rediss://");
        }
        String authority = Optional.ofNullable(uri.getRawAuthority()).orElse("");
        int at = authority.lastIndexOf('@');
        Matcher host = HOST_AND_PORT.matcher(authority.substring(at + 1));
        if (!host.matches()) {
            throw bad(text, "it names no host that can be looked up");
        }
        int port = host.group(2) == null ? DEFAULT_PORT : Integer.parseInt(host.group(2));
        if (port < 1 || port > MOST_PORT) {
            throw bad(text, "its port is not between 1 and " + MOST_PORT);
        }
        if (!DATABASE.matcher(Optional.ofNullable(uri.getRawPath()).orElse("")).matches()) {
            throw bad(text, "the database at its end is no number");
        }
        return new Address(
                uri.getScheme(),
                at < 0 ? Optional.empty() : Optional.of(authority.substring(0, at)),
                new Node(host.group(1), port),
                Optional.ofNullable(uri.getRawPath()).orElse("")
                        + Optional.ofNullable(uri.getRawQuery())
                                .map(query -> "?" + query)
                                .orElse(""));
    }

    private static IllegalArgumentException bad(String text, String why) {
        return new IllegalArgumentException(
                "The address of Redis \"%s\" cannot be read: %s".formatted(Secrets.hiddenInAddress(text), why));
    }
}
