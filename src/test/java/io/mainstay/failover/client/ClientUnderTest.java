package io.mainstay.failover.client;

/** A Redis client that another has set up: one subscription to {@link #CHANNEL}, and writes one after the other. */
public interface ClientUnderTest extends AutoCloseable {

    String CHANNEL = "comparison";

    /** Sends one write; whether it was acknowledged within the client's own time-out. A read would do on a replica, too. */
    boolean writes();

    @Override
    void close();
}
