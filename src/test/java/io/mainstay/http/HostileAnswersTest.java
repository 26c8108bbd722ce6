package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.Outcome;
import io.mainstay.job.Json;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that are meant to hurt: each ends the attempt in a known way, and little of it is ever read. */
class HostileAnswersTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long GIGABYTE = 1L << 30;
    /** What sockets of both sides may hold of what nobody reads. */
    private static final long MOST_TAKEN = 64L << 20;

    private static final String OK = "HTTP/1.1 200 OK\r\n";

    private final Vertx vertx = Vertx.vertx();
    private ServerSocket server;
    private HttpSender sender;
    private HttpJobHandler handler;

    /** What is sent once, and again and again until the other side has had enough. */
    private enum Endless {
        BODY_OF_A_GIGABYTE(
                OK + "Content-Type: application/json\r\nContent-Length: " + GIGABYTE + "\r\n\r\n\"", "aaaaaaaa"),
        CHUNKS(OK + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n", "8\r\naaaaaaaa\r\n"),
        BODY_UNTIL_CLOSED(OK + "Content-Type: application/json\r\n\r\n", "aaaaaaaa"),
        HEADERS(OK, "X-A: b\r\n"),
        HEADER_NAME(OK, "XXXXXXXX"),
        HEADER_VALUE(OK + "X-A: ", "bbbbbbbb"),
        FOLDED_HEADER(OK + "X-A: b\r\n", " bbbbbb\r\n"),
        REASON("HTTP/1.1 200 ", "OKOKOKOK"),
        FIRST_LINE("", "HTTPHTTP"),
        BLANKS_BEFORE_IT("", "\r\n\r\n\r\n\r\n"),
        INTERIM_HEADERS("HTTP/1.1 103 Hints\r\n", "X-A: b\r\n"),
        INTERIM_ANSWERS("", "HTTP/1.1 102 Wait\r\n\r\n"),
        CHUNK_SIZE(OK + "Transfer-Encoding: chunked\r\n\r\n", "00000000"),
        CHUNK_EXTENSION(OK + "Transfer-Encoding: chunked\r\n\r\n1;", "aaaaaaaa"),
        TRAILERS(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "X-A: b\r\n");

        private final String once;
        private final String again;

        Endless(String once, String again) {
            this.once = once;
            this.again = again.repeat(1024);
        }

        /** Of a body there is no end to wait for: what was read will do. */
        boolean isOfABody() {
            return this == BODY_OF_A_GIGABYTE || this == CHUNKS || this == BODY_UNTIL_CLOSED;
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Map<String, String> config = Map.of(
                "mainstay.http.allow",
                "http://localhost:" + server.getLocalPort(),
                "mainstay.http.max-response",
                "100000");
        sender = SomeSettings.sender(vertx, config);
        handler = SomeSettings.handler(sender, config);
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource
    void whatHasNoEndIsCutOff(Endless answer) throws Exception {
        CompletableFuture<Long> taken = serve(out -> {
            out.write(ascii(answer.once));
            byte[] again = ascii(answer.again);
            for (long sent = 0; sent < GIGABYTE; sent += again.length) {
                out.write(again);
            }
        });

        Outcome outcome = run();

        if (answer.isOfABody()) {
            assertThat(outcome).isEqualTo(Outcome.success(new Json("{\"status\":200,\"bodyOmitted\":true}")));
        } else {
            assertThat(type(outcome)).isEqualTo("http-connection");
        }
        assertThat(taken.get(SOON.toSeconds(), TimeUnit.SECONDS)).isLessThan(MOST_TAKEN);
    }

    @Test
    void tenThousandHeadersAreTooMany() throws Exception {
        serve(out -> {
            StringBuilder head = new StringBuilder(OK);
            for (int i = 0; i < 10_000; i++) {
                head.append("X-").append(i).append(": y\r\n");
            }
            out.write(ascii(head + "Content-Length: 0\r\n\r\n"));
        });

        assertThat(type(run())).isEqualTo("http-connection");
    }

    /** No coding is asked for and none is undone: 100 MB of zeros stay the 100 KB that came. */
    @Test
    void aCompressedBodyStaysCompressed() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 90; i++) {
                out.write(new byte[1 << 20]);
            }
        }
        CompletableFuture<String> request = new CompletableFuture<>();
        serve(
                out -> {
                    out.write(ascii(OK + "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
                            + bomb.size() + "\r\n\r\n"));
                    out.write(bomb.toByteArray());
                },
                request);

        assertThat(run()).isEqualTo(Outcome.success(new Json("{\"status\":200,\"bodyOmitted\":true}")));
        assertThat(request.join()).doesNotContainIgnoringCase("accept-encoding");
        assertThat(bomb.size()).isLessThan(100_000);
    }

    /** Names and values of an answer's headers say nothing of another job, and what is shown of it is on one line. */
    @Test
    void whatAnAnswerSaysStaysOnItsLine() throws Exception {
        serve(out -> out.write(ascii("HTTP/1.1 500 Oh\r\nContent-Type: text/plain\r\nContent-Length: 24\r\n\r\n"
                + "a\r\n2026 INFO forged\u001b[31m\0")));

        assertThat(run()).isInstanceOfSatisfying(Outcome.Retry.class, retry -> assertThat(retry.message())
                .doesNotContainPattern("\\p{Cntrl}"));
    }

    private Outcome run() {
        Json payload = new Json("{\"url\": \"http://localhost:%d/\"}".formatted(server.getLocalPort()));
        return handler.start(new SomeAttempt(payload, SOON)).await().atMost(SOON);
    }

    private static String type(Outcome outcome) {
        return outcome instanceof Outcome.Retry retry ? retry.type() : outcome.toString();
    }

    private CompletableFuture<Long> serve(Answering answer) {
        return serve(answer, new CompletableFuture<>());
    }

    /** How many bytes of the answer were taken, once the connection is closed. */
    private CompletableFuture<Long> serve(Answering answer, CompletableFuture<String> request) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                StringBuilder head = new StringBuilder();
                while (head.indexOf("\r\n\r\n") < 0) {
                    head.append((char) in.read());
                }
                request.complete(head.toString());
                CountingOutput counting = new CountingOutput(socket.getOutputStream());
                try {
                    answer.write(counting);
                    in.read();
                } catch (IOException closed) {
                    // As it should be.
                }
                return counting.count;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @FunctionalInterface
    private interface Answering {
        void write(OutputStream out) throws IOException;
    }

    private static final class CountingOutput extends OutputStream {

        private final OutputStream out;
        private long count;

        CountingOutput(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
            count += length;
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
