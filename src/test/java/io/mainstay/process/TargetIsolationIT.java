package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One target that is dead and one that takes half a minute for each answer cost a third one in the same queue nothing. */
@Tag("measuring")
class TargetIsolationIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final Duration SLOW = Duration.ofSeconds(30);
    /** Jobs a second for each target, in portions. */
    private static final int RATE = 200;

    private static final int PORTION = 10;
    private static final Duration LOAD = Duration.ofSeconds(10);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final long MOST_P99_MS = 50;
    private static final String JOBS = "/v1/queues/shared/jobs";

    private final Vertx vertx = Vertx.vertx();
    private final ConcurrentLinkedQueue<Long> delays = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService senders = Executors.newScheduledThreadPool(3);
    private RedisNode redis;
    private ServiceProcess instance;
    private String dead;
    private String slow;
    private String quick;
    private volatile long counted;

    @BeforeEach
    void start() throws Exception {
        redis = RedisNode.start().awaitUp();
        dead = "http://127.0.0.1:" + Ports.free() + "/";
        slow = listen(request ->
                vertx.setTimer(SLOW.toMillis(), late -> request.response().end()));
        quick = listen(request -> {
            long sent = Long.parseLong(request.getHeader("X-Sent"));
            if (System.currentTimeMillis() >= counted) {
                delays.add(System.currentTimeMillis() - sent);
            }
            request.response().end();
        });
        instance = new ServiceProcess(
                        redis.address(),
                        Map.of(
                                "mainstay.http.allow",
                                String.join(",", dead, slow, quick),
                                "mainstay.http.allow-subnets",
                                "127.0.0.0/8",
                                "mainstay.security.enabled",
                                "false"))
                .awaitReady();
    }

    @AfterEach
    void stop() throws Exception {
        senders.shutdownNow();
        if (instance != null) {
            instance.close();
        }
        redis.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void aThirdTargetsJobsStartAtOnce() throws Exception {
        counted = System.currentTimeMillis() + WARM_UP.toMillis();
        for (String target : List.of(dead, slow, quick)) {
            senders.scheduleAtFixedRate(() -> send(target), 0, 1000L * PORTION / RATE, TimeUnit.MILLISECONDS);
        }
        int expected = (int) (RATE * LOAD.minus(WARM_UP).toSeconds() * 9 / 10);

        Awaitility.await("jobs of the third target").atMost(DEADLINE).until(() -> delays.size() >= expected);

        List<Long> sorted = delays.stream().sorted().toList();
        long p99 = sorted.get(sorted.size() * 99 / 100);
        assertThat(p99)
                .as("of %d jobs, median %d ms", sorted.size(), sorted.get(sorted.size() / 2))
                .isLessThanOrEqualTo(MOST_P99_MS);
        assertThat(instance.get("/v1/queues/shared/jobs?state=ready&limit=1")).contains("\"ready\"");
    }

    private void send(String target) {
        String job = "{\"http\": {\"url\": \"%s\", \"headers\": {\"X-Sent\": \"%d\"}}}"
                .formatted(target, System.currentTimeMillis());
        instance.post(JOBS + "/bulk", "[" + (job + ",").repeat(PORTION - 1) + job + "]");
    }

    private String listen(Consumer<HttpServerRequest> handler) {
        return "http://127.0.0.1:"
                + vertx.createHttpServer()
                        .requestHandler(request -> request.body().onSuccess(body -> handler.accept(request)))
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join()
                        .actualPort()
                + "/";
    }
}
