package io.mainstay.redis.connection.fault;

import java.util.Optional;

/**
 * The target of a connection.
 *
 * @param kind {@code Redis} or {@code sentinel}
 * @param host name or address, without brackets
 * @param port where it listens
 * @param tls whether TLS is spoken with it
 * @param tlsServerName the name that its certificate must be for, if that is not the host
 * @param login user to log in as
 */
public record Destination(
        String kind, String host, int port, boolean tls, Optional<String> tlsServerName, Login login) {

    /** What its certificate must be for. */
    String certified() {
        return tlsServerName.orElse(host);
    }

    /** For people. */
    @Override
    public String toString() {
        return kind + " at " + host + ":" + port;
    }
}
