package io.mainstay.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Sends requests that no client library would, one after the other, and reads answers strictly. Not thread-safe. */
final class FuzzConnection implements AutoCloseable {

    private static final int LAST_INTERIM = 199;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final String CHUNKED = "chunked";
    /** Knows no chunks: an answer whose length nobody knew beforehand ends with its connection. */
    private static final String OLD_VERSION = "HTTP/1.0 ";

    private final InetSocketAddress service;
    private final int patience;
    private Socket socket;
    private InputStream in;
    /** Number of the request before; of the first, -1. */
    private int before = -1;

    /** @param patience how long an answer is waited for */
    FuzzConnection(InetSocketAddress service, Duration patience) {
        this.service = service;
        this.patience = (int) patience.toMillis();
    }

    /** @throws IOException if no answer comes, or what comes is none */
    FuzzAnswer exchange(FuzzRequest request) throws IOException {
        if (socket == null) {
            open();
        }
        FuzzAnswer answer;
        try {
            long begun = System.nanoTime();
            IOException cut = write(request.bytes());
            try {
                answer = read(request.isHead(), begun);
            } catch (IOException e) {
                if (cut != null) {
                    e.addSuppressed(cut);
                }
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            String after = before < 0 ? "the first on its connection" : "after " + before + " on its connection";
            close();
            throw new IOException(e.getMessage() + " (" + after + ")", e);
        }
        before = request.number();
        if (answer.closing() || !request.certainlyFramed()) {
            close();
        }
        return answer;
    }

    private void open() throws IOException {
        socket = new Socket();
        socket.connect(service, patience);
        socket.setSoTimeout(patience);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** A refusal may come, and the connection be closed, before all was sent. */
    private IOException write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    private FuzzAnswer read(boolean headOnly, long begun) throws IOException {
        int status = 0;
        boolean untilClosed = false;
        Map<String, String> headers = Map.of();
        while (status <= LAST_INTERIM) {
            String line = line();
            status = status(line);
            headers = headers();
            untilClosed = line.startsWith(OLD_VERSION) && !headers.containsKey("content-length");
        }
        boolean stream = headers.getOrDefault("content-type", "").startsWith("text/event-stream");
        boolean empty = headOnly || status == NO_CONTENT || status == NOT_MODIFIED || stream;
        byte[] body = empty ? new byte[0] : untilClosed ? in.readAllBytes() : body(headers);
        boolean closing =
                stream || untilClosed || headers.getOrDefault("connection", "").equalsIgnoreCase("close");
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        return new FuzzAnswer(status, headers, new String(body, StandardCharsets.UTF_8), closing, took);
    }

    private static int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [1-5]\\d\\d( .*)?")) {
            throw new IOException("no status line: " + line);
        }
        return Integer.parseInt(line.split(" ")[1]);
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("no header: " + line);
            }
            headers.merge(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip(),
                    (first, second) -> first + ", " + second);
        }
        return headers;
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equals(CHUNKED)) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                body.writeBytes(exactly(size));
                line();
            }
            line();
            return body.toByteArray();
        } else if (!headers.containsKey("content-length")) {
            throw new IOException("an answer without a length: " + headers);
        }
        return exactly(Integer.parseInt(headers.get("content-length")));
    }

    private byte[] exactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the body has " + bytes.length + " bytes in place of " + size);
        }
        return bytes;
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended, after: " + line);
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r") || text.indexOf('\r') < text.length() - 1) {
            throw new IOException("no line of HTTP: " + text);
        }
        return text.substring(0, text.length() - 1);
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            // It was of no more use, and another one follows.
        }
        socket = null;
        before = -1;
    }
}
