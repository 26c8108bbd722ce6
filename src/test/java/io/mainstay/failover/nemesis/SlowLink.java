package io.mainstay.failover.nemesis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntSupplier;

/**
 * A link to a port of loopback that carries so many bytes a second, those of all connections together and each way
 * apart. It holds next to nothing back: who sends too much is not read from.
 */
public final class SlowLink implements AutoCloseable {

    public static final long UNLIMITED = Rate.UNLIMITED;

    private static final int BUFFER = 16 * 1024;

    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Rate there = new Rate();
    private final Rate back = new Rate();
    private final IntSupplier target;

    public SlowLink(IntSupplier target) {
        this.target = target;
        try {
            door = new ServerSocket();
            // As the sockets it takes.
            door.setReceiveBufferSize(BUFFER);
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** From now on; {@link #UNLIMITED} for no limit. */
    public void carry(long bytesPerSecond) {
        there.set(bytesPerSecond);
        back.set(bytesPerSecond);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                sockets.add(client);
                threads.execute(() -> connect(client));
            } catch (IOException closed) {
                // The loop ends if it is the door.
            }
        }
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket();
            sockets.add(server);
            server.setReceiveBufferSize(BUFFER);
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.getAsInt()));
            threads.execute(() -> pump(client, server, there));
            pump(server, client, back);
        } catch (IOException away) {
            end(client);
        }
    }

    private void pump(Socket from, Socket to, Rate rate) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            while (true) {
                int read = in.read(buffer);
                if (read < 0) {
                    return;
                }
                for (int written = 0; written < read; ) {
                    // The rate may change in the middle.
                    int part = rate.take(read - written);
                    out.write(buffer, written, part);
                    written += part;
                }
            }
        } catch (IOException ended) {
            // As the other way, below.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            end(from);
            end(to);
        }
    }

    private void end(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set.copyOf(sockets).forEach(this::end);
        threads.shutdownNow();
    }
}
