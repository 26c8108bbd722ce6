package io.mainstay.redis;

import java.net.URI;
import java.util.Objects;

/**
 * Where a Redis node listens.
 *
 * @param host name or address; a name is looked up with every connect
 * @param port 1 to 65535
 */
record Node(String host, int port) {

    private static final int DEFAULT_PORT = 6379;
    private static final int LAST_PORT = 65535;

    Node {
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("port is %d, but must be 1 to %d".formatted(port, LAST_PORT));
        }
    }

    /** @param address as in {@code quarkus.redis.hosts}: {@code redis://host:port} */
    static Node of(String address) {
        URI uri = URI.create(address);
        return new Node(uri.getHost(), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
