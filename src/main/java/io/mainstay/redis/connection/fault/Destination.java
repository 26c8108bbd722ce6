package io.mainstay.redis.connection.fault;

/**
 * The target of a connection.
 *
 * @param kind {@code Redis} or {@code sentinel}
 * @param host name or address, without brackets
 * @param port where it listens
 * @param tls whether TLS is spoken with it
 * @param login user to log in as
 */
public record Destination(String kind, String host, int port, boolean tls, Login login) {

    /** For people. */
    @Override
    public String toString() {
        return kind + " at " + host + ":" + port;
    }
}
