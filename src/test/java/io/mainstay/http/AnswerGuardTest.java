package io.mainstay.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.Outcome;
import io.mainstay.http.targets.SomeTargets;
import io.mainstay.job.Json;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is on the wire at which time, step by step. */
class AnswerGuardTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String OWN = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    private static final int MORE_THAN_A_SOCKET_HOLDS = 18 * 1024 * 1024;

    private final Vertx vertx = Vertx.vertx();
    private ServerSocket server;
    private HttpSender sender;
    private HttpJobHandler handler;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout((int) SOON.toMillis());
        Map<String, String> config = Map.of(
                "mainstay.http.allow",
                "http://localhost:" + server.getLocalPort(),
                "mainstay.http.connections",
                "1",
                "mainstay.http.max-response",
                "10");
        HttpSettings settings = SomeSettings.of(config);
        sender = new HttpSender(
                vertx,
                SomeSettings.config(config),
                settings.maxResponse(),
                new QuietTargets(Duration.ZERO, 0, System::nanoTime),
                SomeSettings.noProofs(vertx),
                SomeSettings.EGRESS);
        handler = new HttpJobHandler(
                new HttpJobReader(),
                settings,
                sender,
                new AnswerRules(settings, Clock.systemUTC()),
                SomeTargets.patient());
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void theAnswerToAHeadIsWithoutABodyAfterInterimAnswersToo() throws Exception {
        CompletableFuture<Outcome> first = start("\"method\": \"HEAD\"");
        try (Talk talk = new Talk()) {
            talk.readHead();
            talk.send("HTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n");
            assertThat(of(first)).isInstanceOf(Outcome.Success.class);

            CompletableFuture<Outcome> second = start("\"method\": \"GET\"");
            talk.readHead();
            talk.send(OWN);
            assertThat(of(second)).isInstanceOf(Outcome.Success.class);
        }
    }

    @Test
    void aNewConnectionMayAnswerBeforeTheRequestIsOut() throws Exception {
        CompletableFuture<Outcome> first = start(bodyOf(MORE_THAN_A_SOCKET_HOLDS));
        try (Talk talk = new Talk()) {
            talk.readHead();
            talk.send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");

            assertThat(of(first)).isInstanceOfSatisfying(Outcome.Final.class, end -> assertThat(end.type())
                    .isEqualTo("http-413"));
            talk.drain();
        }
    }

    @Test
    void whatComesOnAUsedConnectionBeforeTheRequestIsOutIsNoAnswer() throws Exception {
        CompletableFuture<Outcome> first = start("\"method\": \"GET\"");
        try (Talk talk = new Talk()) {
            talk.readHead();
            talk.send(OWN);
            of(first);

            CompletableFuture<Outcome> second = start(bodyOf(MORE_THAN_A_SOCKET_HOLDS));
            talk.readHead();
            talk.send(OWN);
            assertThat(of(second)).isInstanceOfSatisfying(Outcome.Retry.class, retry -> {
                assertThat(retry.type()).isEqualTo("http-connection");
                assertThat(retry.message()).contains("before the request was sent");
            });
            talk.drain();
        }
    }

    @Test
    void whatComesOnAnIdleConnectionClosesIt() throws Exception {
        CompletableFuture<Outcome> first = start("\"method\": \"GET\"");
        try (Talk talk = new Talk()) {
            talk.readHead();
            talk.send(OWN);
            of(first);
            talk.send("x");
            talk.drain();
        }
        CompletableFuture<Outcome> second = start("\"method\": \"GET\"");
        try (Talk talk = new Talk()) {
            talk.readHead();
            talk.send(OWN);
            assertThat(of(second)).isInstanceOf(Outcome.Success.class);
        }
    }

    @Test
    void anAnswerTooLongToBeKeptButThereAsAWholeLeavesItsConnectionToTheNext() throws Exception {
        CompletableFuture<Outcome> first = start("\"method\": \"GET\"");
        try (Talk talk = new Talk()) {
            talk.readHead();
            talk.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
                    + "1".repeat(100));
            assertThat(of(first)).isEqualTo(Outcome.success(new Json("{\"status\":200,\"bodyOmitted\":true}")));

            CompletableFuture<Outcome> second = start("\"method\": \"GET\"");
            talk.readHead();
            talk.send(OWN);
            assertThat(of(second)).isInstanceOf(Outcome.Success.class);
        }
    }

    @Test
    void aTargetThatDoesNotReadDoesNotKeepTheConnectionOfARequestThatWasGivenUp() throws Exception {
        CompletableFuture<Outcome> first = start(attempt(bodyOf(MORE_THAN_A_SOCKET_HOLDS), Duration.ofSeconds(1)));
        try (Talk talk = new Talk()) {
            talk.readHead();

            assertThat(of(first)).isInstanceOf(Outcome.Retry.class);
            assertThat(talk.drain()).isLessThan(MORE_THAN_A_SOCKET_HOLDS);
        }
    }

    private static String bodyOf(int bytes) {
        return "\"body\": \"" + "x".repeat(bytes) + "\"";
    }

    private SomeAttempt attempt(String fields, Duration timeLeft) {
        String url = "http://localhost:" + server.getLocalPort() + "/";
        return new SomeAttempt(new Json("{\"url\": \"%s\", %s}".formatted(url, fields)), timeLeft);
    }

    private CompletableFuture<Outcome> start(String fields) {
        return start(attempt(fields, SOON));
    }

    private CompletableFuture<Outcome> start(SomeAttempt attempt) {
        return handler.start(attempt).subscribeAsCompletionStage();
    }

    private static Outcome of(CompletableFuture<Outcome> running) throws Exception {
        return running.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /** The server's side of one connection. */
    private final class Talk implements AutoCloseable {

        private final Socket socket = server.accept();
        private final BufferedReader in;

        Talk() throws IOException {
            socket.setSoTimeout((int) SOON.toMillis());
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        void readHead() throws IOException {
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                assertThat(line).isNotNull();
            }
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Reads until the other side has closed it; answers with how much came. */
        long drain() throws IOException {
            long read = 0;
            try {
                for (long some = 1; some > 0; read += some) {
                    some = in.skip(1 << 16);
                }
            } catch (SocketException reset) {
                // Closed with bytes of ours that it did not read.
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
