package io.mainstay.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.Inexcusable;
import io.mainstay.machine.TimedTest;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/**
 * Random requests to every operation that the service describes: valid ones, and such as no client would send. What they are depends on the
 * seed alone, {@code -Dmainstay.fuzz.seed}; {@code -Dmainstay.fuzz.requests} says how many there are, and {@code -Dmainstay.fuzz.first} which is the first.
 *
 * <p>The service and its Redis are of this test alone, so there is no operation that it has to leave out.
 */
class FuzzIT {

    private static final long SEED = Long.getLong("mainstay.fuzz.seed", new Random().nextInt());
    private static final int FIRST = Integer.getInteger("mainstay.fuzz.first", 0);
    private static final int REQUESTS = Integer.getInteger("mainstay.fuzz.requests", 10_000);
    private static final int ENOUGH_FOR_ALL = 5_000;
    /** What is about a thing whose id, or token, the service alone chooses, or of which it has to have heard before: no request, or few, that depend on the seed alone can name one. */
    private static final Set<String> RARELY_FOUND = Set.of(
            "GET /v1/keys/{id}",
            "POST /v1/leases/{token}/extend",
            "POST /v1/leases/{token}/fail",
            "POST /v1/leases/{token}/release",
            "POST /v1/leases/{token}/retry",
            "POST /v1/leases/{token}/snooze",
            "POST /v1/leases/{token}/success",
            // Takes a job that waits for its time, by its id and in its queue.
            "POST /v1/queues/{queue}/jobs/{id}/run",
            "POST /v1/workers/{name}/drain");

    /** Sent with every request, where the service asks for it. */
    private static final String KEY = System.getProperty("mainstay.fuzz.key", "");

    private final RedisNode redis = RedisNode.start().awaitUp();
    private final ServiceProcess service = new ServiceProcess(
                    redis.address(),
                    Map.of(
                            "mainstay.security.enabled", "false",
                            "mainstay.handlers.demo", "true",
                            "mainstay.http.allow", "http://127.0.0.1:9/",
                            // Waits have an end within the time that an answer may take.
                            "mainstay.jobs.max-wait", "PT0.2S",
                            "mainstay.leases.max-wait", "PT0.2S",
                            "mainstay.rest.body-idle", "PT1S"))
            .awaitReady();

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @TimedTest
    void everyAnswerIsOneThatTheDescriptionHas() throws Exception {
        System.out.printf("%d requests, -Dmainstay.fuzz.seed=%d%n", REQUESTS, SEED);
        ApiDocument document = new ApiDocument(service.get("/q/openapi?format=json"));
        List<String> headers = KEY.isEmpty() ? List.of() : List.of("Authorization: Bearer " + KEY);
        FuzzRun run = new FuzzRun(
                new RequestGenerator(document, headers, SEED), new AnswerChecks(document), service.uri("/"));
        long begun = System.nanoTime();

        run.send(FIRST, REQUESTS);

        System.out.printf(
                "answers %s in %s, the slowest after %s%n",
                run.answers(), Duration.ofNanos(System.nanoTime() - begun), run.slowest());
        Inexcusable.unless(() -> {
            assertThat(run.wrong()).as("seed %d", SEED).isEmpty();
            if (REQUESTS >= ENOUGH_FOR_ALL) {
                assertThat(run.withoutSuccess(document))
                        .as("operations that never succeeded with seed %d", SEED)
                        .allSatisfy(each -> assertThat(each.toString()).isIn(RARELY_FOUND));
            }
        });
        assertThat(run.late()).as("seed %d", SEED).isEmpty();
        assertThatAllIsWell();
    }

    /** What the requests have left, jobs, pauses, limits and schedules, keeps nobody else from anything. */
    private void assertThatAllIsWell() {
        assertThat(service.status("/q/health/live")).isEqualTo(200);
        assertThat(service.status("/q/health/ready")).isEqualTo(200);
        assertThat(service.post("/v1/queues/afterwards/jobs", "{\"id\": \"a\", \"handler\": \"echo\"}"))
                .contains("\"queue\":\"afterwards\"");
        Awaitility.await("a job runs")
                .atMost(Duration.ofSeconds(10))
                .until(() -> service.get("/v1/queues/afterwards/jobs/a").contains("\"state\":\"succeeded\""));
        assertThat(service.log().lines().filter(line -> line.contains("\"level\":\"ERROR\"")))
                .isEmpty();
        assertThat(service.metric("mainstay_worker_troubles_total{kind=\"unexpected\"}"))
                .isZero();
    }
}
