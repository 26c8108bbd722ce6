package io.mainstay.failover.nemesis;

import io.mainstay.failover.history.Run;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The application that jobs of the {@code http} handler call. It notes down every attempt and answers as the URL asks:
 * {@code status}, {@code size} of the body, {@code failures}: how many attempts are answered 503 before. Every body names
 * its job, again and again. While it is odd, every other answer is sent in one of the wrong ways of {@link Reply.Form}.
 */
public final class Target implements AutoCloseable {

    private static final Pattern NUMBER = Pattern.compile("[?&](status|size|failures)=(\\d+)");
    private static final Pattern HEADER =
            Pattern.compile("(?im)^(content-length|mainstay-job-id|mainstay-attempt): *(.*)$");
    private static final int MOST_HEAD = 16 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final ServerSocket door;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Queue<Run> runs = new ConcurrentLinkedQueue<>();
    private final Random random = new Random();
    private volatile boolean odd;

    public Target() {
        try {
            door = new ServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public String address() {
        return "http://127.0.0.1:" + door.getLocalPort() + "/";
    }

    public void odd(boolean odd) {
        this.odd = odd;
    }

    public List<Run> runs() {
        return List.copyOf(runs);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                // The loop ends if it is the door.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), BUFFER);
            for (boolean usable = true; usable; ) {
                usable = answer(new Request(in), socket);
            }
        } catch (IOException ended) {
            // By whoever called.
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    private boolean answer(Request request, Socket socket) throws IOException, InterruptedException {
        Instant begin = Instant.now();
        int status = request.attempt <= request.number("failures", 0) ? 503 : request.number("status", 200);
        Reply reply = new Reply(status, Names.body(request.job, request.number("size", 0)));
        Reply.Form form = form();
        // The client may close the connection at the second answer, while that is still being written: the first one
        // counts.
        int answered = form == Reply.Form.TWICE ? status : Run.BROKEN;
        try {
            boolean usable = reply.write(form, socket.getOutputStream());
            answered = form.whole() ? status : Run.BROKEN;
            return usable;
        } finally {
            String foreign = Names.foreign(request.body, request.job);
            runs.add(new Run(request.job, request.attempt, begin, Instant.now(), answered, foreign));
        }
    }

    private Reply.Form form() {
        if (!odd || random.nextBoolean()) {
            return Reply.Form.RIGHT;
        }
        Reply.Form[] all = Reply.Form.values();
        return all[random.nextInt(all.length)];
    }

    @Override
    public void close() {
        try {
            door.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }

    /** One request, read whole. */
    private static final class Request {
        private final String head;
        private final String job;
        private final int attempt;
        private final String body;

        Request(InputStream in) throws IOException {
            head = head(in);
            job = header("mainstay-job-id", "nobody");
            attempt = Integer.parseInt(header("mainstay-attempt", "0"));
            byte[] read = in.readNBytes(Integer.parseInt(header("content-length", "0")));
            body = new String(read, StandardCharsets.UTF_8);
        }

        int number(String name, int otherwise) {
            Matcher matcher = NUMBER.matcher(head.substring(0, head.indexOf('\r')));
            while (matcher.find()) {
                if (matcher.group(1).equals(name)) {
                    return Integer.parseInt(matcher.group(2));
                }
            }
            return otherwise;
        }

        private String header(String name, String otherwise) {
            return HEADER.matcher(head)
                    .results()
                    .filter(header -> header.group(1).equalsIgnoreCase(name))
                    .map(header -> header.group(2).strip())
                    .findFirst()
                    .orElse(otherwise);
        }

        private static String head(InputStream in) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            int last4 = 0;
            while (last4 != 0x0d0a0d0a) {
                int next = in.read();
                if (next < 0 || head.size() > MOST_HEAD) {
                    throw new EOFException();
                }
                head.write(next);
                last4 = last4 << 8 | next;
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
