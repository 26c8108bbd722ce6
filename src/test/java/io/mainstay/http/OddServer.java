package io.mainstay.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A target of http jobs, on a raw socket, that answers in odd ways. The last segment of a request's path is its token, which
 * the answer brings back: in its JSON body as {@code token}, and in the header {@code Mainstay-Log}. What is not
 * meant for anybody has the status {@link #STRAY} and another token. Form and status come from the seed, the token and the header
 * {@code Mainstay-Attempt}, so a job that is tried again gets another answer, and a run can be repeated.
 */
public final class OddServer implements AutoCloseable {

    /** Status of answers that nobody asked for; no job may end with it. */
    public static final int STRAY = 299;

    private static final int[] STATUSES = {200, 200, 200, 201, 404, 500};

    private final long seed;
    private final List<OddAnswer> forms;
    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<Integer>> meant = new ConcurrentHashMap<>();
    private final Map<String, Set<OddAnswer>> given = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();

    /** Answers in one of these forms each time. */
    public OddServer(long seed, List<OddAnswer> forms) throws IOException {
        this.seed = seed;
        this.forms = List.copyOf(forms);
        this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    /** Answers in all forms. */
    public OddServer(long seed) throws IOException {
        this(seed, List.of(OddAnswer.values()));
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Where a job with this token is to be sent. */
    public String url(String token) {
        return "http://localhost:" + port() + "/odd/" + token;
    }

    /** The statuses that requests with this token were to be answered with. */
    public Set<Integer> meant(String token) {
        return meant.getOrDefault(token, Set.of());
    }

    /** The forms of its answers. */
    public Set<OddAnswer> given(String token) {
        return given.getOrDefault(token, Set.of());
    }

    public int connections() {
        return connections.get();
    }

    public int requests() {
        return requests.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                connections.incrementAndGet();
                start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Request request = Request.read(in); request != null; request = Request.read(in)) {
                requests.incrementAndGet();
                Random random = new Random(seed * 31 + request.toString().hashCode());
                random.nextInt();
                OddAnswer form = forms.get(random.nextInt(forms.size()));
                int status = STATUSES[random.nextInt(STATUSES.length)];
                given.computeIfAbsent(request.token(), token -> ConcurrentHashMap.newKeySet())
                        .add(form);
                form.give(new OnSocket(socket, request.token(), status, random));
                if (socket.isClosed()) {
                    return;
                }
            }
        } catch (IOException gone) {
            // The caller gave up, as it may.
        } finally {
            open.remove(socket);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "odd-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** @param attempt the value of the header, or empty */
    private record Request(String token, String attempt) {

        static Request read(InputStream in) throws IOException {
            String line = line(in);
            if (line.isEmpty()) {
                return null;
            }
            String path = line.split(" ")[1];
            String attempt = "";
            int length = 0;
            for (String header = line(in); !header.isEmpty(); header = line(in)) {
                String value = header.substring(header.indexOf(':') + 1).strip();
                String name = header.substring(0, header.indexOf(':')).toLowerCase(Locale.ROOT);
                attempt = name.equals("mainstay-attempt") ? value : attempt;
                length = name.equals("content-length") ? Integer.parseInt(value) : length;
            }
            in.skipNBytes(length);
            return new Request(path.substring(path.lastIndexOf('/') + 1), attempt);
        }

        private static String line(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                line.append((char) next);
            }
            return line.toString().strip();
        }
    }

    private final class OnSocket implements OddAnswer.Reply {

        private final Socket socket;
        private final String token;
        private final int status;
        private final Random random;

        OnSocket(Socket socket, String token, int status, Random random) {
            this.socket = socket;
            this.token = token;
            this.status = status;
            this.random = random;
        }

        @Override
        public String body() {
            return "{\"token\":\"" + token + "\"}";
        }

        @Override
        public String head(int other, String more) {
            int said = other == 0 ? status : other;
            meant.computeIfAbsent(token, any -> ConcurrentHashMap.newKeySet()).add(said);
            return head(said, token, more);
        }

        @Override
        public String stray() {
            String stray = "{\"token\":\"stray-" + token + "\"}";
            return head(STRAY, "stray-" + token, "Content-Length: " + stray.length()) + stray;
        }

        private static String head(int status, String token, String more) {
            return "HTTP/1.1 " + status + " Said\r\nContent-Type: application/json\r\nMainstay-Log: " + token + "\r\n"
                    + more + "\r\n\r\n";
        }

        @Override
        public void send(String text) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        @Override
        public void sendAndClose(String text) throws IOException {
            send(text);
            socket.close();
        }

        @Override
        public void pause(int mostMillis) throws IOException {
            try {
                Thread.sleep(random.nextInt(mostMillis));
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }
    }
}
