package io.mainstay.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** Stands between a service and Redis and lets answers through at so many bytes a second, of all connections together. */
final class SlowLink implements AutoCloseable {

    private static final int PIECE = 16 * 1024;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ServerSocket inward;
    private final int redisPort;
    private final long bytesPerSecond;
    /** When the line is free for the next piece, by {@link System#nanoTime()}. */
    private long free = System.nanoTime();

    SlowLink(int redisPort, long bytesPerSecond) {
        this.redisPort = redisPort;
        this.bytesPerSecond = bytesPerSecond;
        try {
            inward = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String address() {
        return "redis://127.0.0.1:" + inward.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = inward.accept();
                Socket redis = new Socket(InetAddress.getLoopbackAddress(), redisPort);
                sockets.add(client);
                sockets.add(redis);
                threads.execute(() -> pump(client, redis, false));
                threads.execute(() -> pump(redis, client, true));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pump(Socket from, Socket to, boolean slow) {
        byte[] piece = new byte[PIECE];
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (slow) {
                    awaitTurn(read);
                }
                out.write(piece, 0, read);
            }
        } catch (IOException e) {
            // One end is gone; so is the other now.
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private void awaitTurn(int bytes) {
        long turn;
        synchronized (this) {
            free = Math.max(free, System.nanoTime()) + bytes * 1_000_000_000L / bytesPerSecond;
            turn = free;
        }
        for (long left = turn - System.nanoTime(); left > 0; left = turn - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() throws IOException {
        inward.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
