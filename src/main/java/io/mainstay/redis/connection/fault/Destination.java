package io.mainstay.redis.connection.fault;

/**
 * What a connection is to be made to.
 *
 * @param kind {@code Redis} or {@code sentinel}
 * @param host name or address, without brackets
 * @param port where it listens
 * @param tls whether TLS is spoken with it
 * @param login who to log in as
 */
public record Destination(String kind, String host, int port, boolean tls, Login login) {

    /** For people. */
    @Override
    public String toString() {
        return kind + " at " + host + ":" + port;
    }
}
