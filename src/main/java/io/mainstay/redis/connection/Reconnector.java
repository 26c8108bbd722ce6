package io.mainstay.redis.connection;

import io.mainstay.vertx.EventLoop;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the next connection of a link, one try at a time. Waits double while tries fail, and half of each is chance. Confined
 * to the link's event loop.
 */
final class Reconnector {

    /** Whom it makes connections for. */
    interface Owner {

        /** Takes the connection, or closes it, and then calls {@link #done}. */
        void connected(DedicatedConnection fresh);

        /**
         * The next try comes by itself.
         *
         * @param failedTries in a row, this one included
         */
        void connectFailed(int failedTries, Throwable why);

        /** Whether there is to be another try; asked when the wait before it is over. */
        boolean wantsConnection();
    }

    private static final long FIRST_WAIT_MS = 10;
    /** Bounds how long a Redis that is back goes unnoticed, and how many connects an outage costs. */
    private static final long LONGEST_WAIT_MS = 400;

    private final EventLoop loop;
    private final PrimaryConnector connector;
    private final Owner owner;
    private boolean underWay;
    private int failedTries;

    Reconnector(EventLoop loop, PrimaryConnector connector, Owner owner) {
        this.loop = loop;
        this.connector = connector;
        this.owner = owner;
    }

    /** Whether a connection is being made, or the wait before it runs. */
    boolean underWay() {
        return underWay;
    }

    /** In a row. */
    int failedTries() {
        return failedTries;
    }

    /** Connects at once. */
    void connect() {
        underWay = true;
        connector
                .connect()
                .onComplete(result -> loop.execute(() -> {
                    if (result.succeeded()) {
                        owner.connected(result.result());
                    } else {
                        failedTries++;
                        owner.connectFailed(failedTries, result.cause());
                        connectLater();
                    }
                }));
    }

    /** What was connected is no better than a failed try: connects after the wait that follows one. */
    void connectAfterFailure() {
        failedTries++;
        connectLater();
    }

    /** What was connected has proven good. */
    void proven() {
        failedTries = 0;
    }

    /** The connection was taken or closed. */
    void done() {
        underWay = false;
    }

    private void connectLater() {
        underWay = true;
        long ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS << Math.min(failedTries, 10));
        loop.setTimer(ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1), timer -> {
            underWay = false;
            if (owner.wantsConnection()) {
                connect();
            }
        });
    }
}
