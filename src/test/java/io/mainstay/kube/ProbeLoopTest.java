package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.mainstay.machine.TimedTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the kubelet of these tests counts as a kubelet does. */
class ProbeLoopTest {

    private static final int DEADLINE_SECONDS = 20;

    private final AtomicInteger asked = new AtomicInteger();
    private final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
    private HttpServer server;
    private ProbeLoop loop;

    private record Verdict(boolean success, int asked) {}

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @AfterEach
    void stop() {
        loop.close();
        server.stop(0);
    }

    @TimedTest
    void oneSuccessIsAVerdictAndOneFailureIsNone() throws InterruptedException {
        answer(List.of(200, 503, 200, 503, 503, 503, 200));

        loop = loop();

        assertThat(next()).isEqualTo(new Verdict(true, 1));
        assertThat(next()).as("again after a single failure").isEqualTo(new Verdict(true, 3));
        assertThat(next()).as("the second failure in a row, told once").isEqualTo(new Verdict(false, 5));
        assertThat(next()).isEqualTo(new Verdict(true, 7));
    }

    @Test
    void nobodyListeningIsAFailure() throws InterruptedException {
        loop = new ProbeLoop(probe(), URI.create("http://127.0.0.1:1/"), this::tell);

        assertThat(next().success()).isFalse();
    }

    @Test
    void anAnswerThatIsLateIsAFailure() throws InterruptedException {
        // The server was not started: the system accepts connections and nobody reads them, as with a stopped process.
        loop = loop();

        assertThat(next().success()).isFalse();
    }

    private ProbeLoop loop() {
        return new ProbeLoop(probe(), uri(), this::tell);
    }

    private static HttpProbe probe() {
        return new HttpProbe("/", "management", Duration.ofMillis(20), Duration.ofSeconds(1), 2, 1);
    }

    private void tell(boolean success) {
        verdicts.add(new Verdict(success, asked.get()));
    }

    private Verdict next() throws InterruptedException {
        return verdicts.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** One status after the other, the last one for ever. */
    private void answer(List<Integer> statuses) {
        server.createContext("/", exchange -> {
            int turn = Math.min(asked.getAndIncrement(), statuses.size() - 1);
            exchange.sendResponseHeaders(statuses.get(turn), -1);
            exchange.close();
        });
        server.start();
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }
}
