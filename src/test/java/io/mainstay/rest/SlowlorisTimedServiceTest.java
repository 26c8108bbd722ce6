package io.mainstay.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.TimedTest;
import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Five hundred clients that send next to nothing keep nobody out, and are cut: their heads have two seconds to come, their bodies one
 * without a byte.
 */
@Tag("timed")
@QuarkusTest
@TestProfile(WorkersProfile.class)
class SlowlorisTimedServiceTest {

    private static final int CLIENTS = 500;
    private static final Duration CUT = Duration.ofSeconds(20);
    private static final Duration PROMPT = Duration.ofSeconds(2);

    private static final String ENQUEUE =
            "POST /v1/queues/slow/jobs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";

    /** Of these each client sends one, then a byte now and then; but for the second, which sends nothing. */
    private static final List<String> BEGINNINGS = List.of(
            "GET /v1/queues HTTP/1.1\r\nHost: a\r\nX: ",
            "",
            "GET /v1/queues",
            "GET /v1/queues/q HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/queues HTTP/1.1\r\nX: ",
            ENQUEUE + "Content-Length: 1000\r\n\r\n{",
            ENQUEUE + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n3");

    @Inject
    ServerSetup server;

    private final List<Slow> clients = new ArrayList<>();

    @BeforeEach
    void ready() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(server::done);
    }

    @AfterEach
    void close() throws IOException {
        for (Slow client : clients) {
            client.channel.close();
        }
        clients.clear();
    }

    @TimedTest
    void slowClientsAreCutAndOthersServed() throws IOException {
        String request = "GET /v1/queues/q HTTP/1.1\nHost: a\n\n";
        try (RawHttp kept = new RawHttp(RestAssured.port)) {
            assertThat(kept.send(request).read().status()).isEqualTo(200);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Slow(BEGINNINGS.get(i % BEGINNINGS.size())));
            }

            long end = System.nanoTime() + CUT.toNanos();
            while (clients.stream().anyMatch(client -> !client.cut) && System.nanoTime() < end) {
                long begun = System.nanoTime();
                given().get("/v1/queues").then().statusCode(200);
                assertThat(Duration.ofNanos(System.nanoTime() - begun))
                        .as("an answer meanwhile")
                        .isLessThan(PROMPT);
                clients.forEach(Slow::go);
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }

            assertThat(clients).as("cut").allMatch(client -> client.cut);
            // Between two requests a connection may rest for longer than a head may take.
            assertThat(kept.send(request).read().status()).isEqualTo(200);
        }
    }

    @Test
    void headersWithoutAnEndAreRefusedByTheirSize() throws IOException {
        try (RawHttp many = new RawHttp(RestAssured.port);
                RawHttp endless = new RawHttp(RestAssured.port)) {
            many.send("GET /v1/queues HTTP/1.1\nHost: a\n"
                    + String.join(
                            "",
                            IntStream.range(0, 4000)
                                    .mapToObj(i -> "X" + i + ": 1\n")
                                    .toList()));
            endless.send("GET /v1/queues HTTP/1.1\nHost: a\nX: " + "x".repeat(40_000));

            many.read().problem(431, "headers-too-large");
            endless.read().problem(431, "headers-too-large");
        }
    }

    /** A connection that sends a byte now and then and looks whether it was cut. */
    private static final class Slow {

        private final SocketChannel channel;
        private final ByteBuffer received = ByteBuffer.allocate(8192);
        private final boolean trickles;
        private boolean cut;

        Slow(String beginning) throws IOException {
            trickles = !beginning.isEmpty();
            channel = SocketChannel.open(new InetSocketAddress("localhost", RestAssured.port));
            channel.write(ByteBuffer.wrap(beginning.getBytes(StandardCharsets.ISO_8859_1)));
            channel.configureBlocking(false);
        }

        void go() {
            try {
                if (!cut) {
                    received.clear();
                    cut = channel.read(received) < 0;
                }
                if (!cut && trickles) {
                    channel.write(ByteBuffer.wrap(new byte[] {'x'}));
                }
            } catch (java.net.SocketException reset) {
                cut = true;
            } catch (IOException e) {
                cut = isEnd(e);
                if (!cut) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private static boolean isEnd(IOException e) {
            return String.valueOf(e.getMessage()).matches("(?i).*(reset|broken pipe).*");
        }
    }
}
