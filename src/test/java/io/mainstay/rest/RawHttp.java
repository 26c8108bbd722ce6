package io.mainstay.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A connection on which a test writes what no HTTP client would, and reads the answers. */
public final class RawHttp implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    /** @param headers by names in lower case */
    public record Answer(int status, Map<String, String> headers, String body) {

        /** Checks that it is a problem of that status and kind, and answers with it. */
        public JsonPath problem(int wanted, String slug) {
            assertThat(status).as(body).isEqualTo(wanted);
            assertThat(headers.get("content-type")).isEqualTo("application/problem+json");
            JsonPath problem = new JsonPath(body);
            assertThat(problem.getString("type")).isEqualTo("urn:mainstay:problem:" + slug);
            assertThat(problem.getInt("status")).isEqualTo(wanted);
            assertThat(problem.getString("detail")).isNotBlank();
            return problem;
        }
    }

    public RawHttp(int port) throws IOException {
        socket = new Socket("localhost", port);
        socket.setSoTimeout(DEADLINE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends it; a line break stands for CR LF. */
    public RawHttp send(String text) throws IOException {
        return sendAsIs(text.replace("\n", "\r\n"));
    }

    public RawHttp sendAsIs(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    public Answer read() throws IOException {
        Answer head = readHead();
        byte[] body = in.readNBytes(Integer.parseInt(head.headers().getOrDefault("content-length", "0")));
        return new Answer(head.status(), head.headers(), new String(body, StandardCharsets.UTF_8));
    }

    /** An answer to HEAD, which has no body. */
    public Answer readHead() throws IOException {
        String status = line();
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Answer(Integer.parseInt(status.split(" ")[1]), headers, "");
    }

    /** Waits until the service has closed the connection; anything more that comes is a failure. */
    public void awaitClosed() throws IOException {
        int next;
        try {
            next = in.read();
        } catch (java.net.SocketException e) {
            // It was closed while bytes of ours were still unread.
            return;
        }
        assertThat(next).as("a byte after the last answer").isEqualTo(-1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within an answer, after: " + line);
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }
}
