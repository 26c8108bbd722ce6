package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job whose handler kills its process, each time that it begins: what it calls ends the instance by SIGKILL. */
class KillingHandlersIT {

    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final int ATTEMPTS_GIVEN_BACK = 3;

    private final RedisProcess redis = new RedisProcess();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final AtomicInteger begun = new AtomicInteger();
    private HttpServer target;
    private volatile ServiceProcess instance;

    @BeforeEach
    void start() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        target.setExecutor(threads);
        target.createContext("/", this::kill);
        target.start();
    }

    @AfterEach
    void stop() throws Exception {
        if (instance != null) {
            instance.close();
        }
        target.stop(0);
        threads.shutdownNow();
        redis.close();
    }

    @Test
    void onlyAttemptBeginsOnce() throws Exception {
        runUntilDead(1);

        assertThat(begun).hasValue(1);
    }

    @Test
    void beginsAtMostThreeTimesMoreThanItHasAttempts() throws Exception {
        runUntilDead(2);

        assertThat(begun.get()).isBetween(2, 2 + ATTEMPTS_GIVEN_BACK);
    }

    private void runUntilDead(int maxAttempts) {
        replaceInstance();
        String answer = instance.post("/v1/queues/killers/jobs", """
                {"id": "killer", "http": {"url": "%s"}, "maxAttempts": %d}""".formatted(address(), maxAttempts));
        assertThat(answer).contains("killer");
        Awaitility.await("the job is dead").atMost(DEADLINE).until(() -> {
            if (!instance.isAlive()) {
                replaceInstance();
            }
            return isDead();
        });
    }

    private boolean isDead() {
        try {
            return instance.get("/v1/queues/killers/jobs/killer").contains("\"dead\"");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private void replaceInstance() {
        instance = new ServiceProcess(
                redis.address(),
                Map.of(
                        "mainstay.http.allow",
                        address(),
                        "mainstay.http.allow-subnets",
                        "127.0.0.0/8",
                        "mainstay.lease.duration",
                        "PT1S"));
        Awaitility.await("ready, or killed again")
                .atMost(DEADLINE)
                .until(() -> !instance.isAlive() || instance.status("/q/health/ready") == 200);
    }

    private void kill(HttpExchange exchange) {
        begun.incrementAndGet();
        instance.kill();
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + target.getAddress().getPort() + "/";
    }
}
