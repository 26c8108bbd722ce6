package io.mainstay.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports for servers that have to be told theirs before they start. */
public final class Ports {

    /** Below those that systems give to outgoing connections, which would take a port between its choice and its use. */
    private static final int FIRST = 12_000;

    private static final int LAST = 32_000;
    private static final int TRIES = 1000;
    /** How much above a cluster node's port that for other nodes is; it can be chosen from 7.0 on only. */
    private static final int BUS = 10_000;

    private Ports() {}

    /** A port of loopback that nobody listens on at the moment. */
    public static int free() {
        return IntStream.generate(() -> between(FIRST, LAST))
                .limit(TRIES)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(Ports::none);
    }

    /** Another one, for what needs two. */
    public static int freeBesides(int chosen) {
        int port = free();
        while (port == chosen) {
            port = free();
        }
        return port;
    }

    /** One for a node of a cluster. */
    static int freeWithBus() {
        return IntStream.generate(() -> between(FIRST, LAST - BUS))
                .limit(TRIES)
                .filter(port -> isFree(port) && isFree(port + BUS))
                .findFirst()
                .orElseThrow(Ports::none);
    }

    private static int between(int first, int last) {
        return ThreadLocalRandom.current().nextInt(first, last);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static IllegalStateException none() {
        return new IllegalStateException("no free port between " + FIRST + " and " + LAST);
    }
}
