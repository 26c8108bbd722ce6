package io.mainstay.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that have to be told theirs before they start. */
public final class Ports {

    /** Below those that systems give to outgoing connections, which would take a port between its choice and its use. */
    private static final int FIRST = 12_000;

    private static final int LAST = 32_000;
    private static final int TRIES = 1000;

    private Ports() {}

    /** A port of loopback that nobody listens on at the moment. */
    public static int free() {
        for (int i = 0; i < TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // Taken: another one.
            }
        }
        throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
    }
}
