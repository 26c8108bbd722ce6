package io.mainstay.redis.connection;

import java.util.Objects;

/**
 * Where a Redis node listens.
 *
 * @param host name or address; a name is looked up with every connect
 * @param port 1 to 65535
 */
public record Node(String host, int port) {

    private static final int LAST_PORT = 65535;

    public Node {
        Objects.requireNonNull(host, "host");
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("port is %d, but must be 1 to %d".formatted(port, LAST_PORT));
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
