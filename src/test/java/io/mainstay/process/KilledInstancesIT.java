package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.machine.TimedTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three instances on one Redis under mixed jobs; one is killed every few seconds. What a frozen one does is seen in the
 * failover lab. {@code -Dmainstay.it.jobs=100000} for the long form.
 */
class KilledInstancesIT {

    private static final int JOBS = Integer.getInteger("mainstay.it.jobs", 6_000);
    private static final int LEAST_KILLS = 3;
    private static final int INSTANCES = 3;
    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(3);
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(60 + JOBS / 100);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Random random = new Random(JOBS);
    private final CopyOnWriteArrayList<ServiceProcess> instances = new CopyOnWriteArrayList<>();
    private final RedisProcess redis = new RedisProcess();
    private final Recorder recorder = new Recorder();
    private final JobSender sender = new JobSender(instances);

    @BeforeEach
    void start() {
        IntStream.range(0, INSTANCES).forEach(i -> instances.add(instance()));
        instances.forEach(ServiceProcess::awaitReady);
    }

    @AfterEach
    void stop() throws Exception {
        sender.close();
        instances.forEach(ServiceProcess::close);
        recorder.close();
        redis.close();
    }

    @Test
    void everyAcknowledgedJobEndsAndNoneRunsAfterItSucceeded() throws Exception {
        CountDownLatch sent = sender.send("mixed", JOBS, i -> mixedJob("job-" + i, i % 10));
        int kills = 0;
        while (!sent.await(BETWEEN_KILLS.toMillis(), TimeUnit.MILLISECONDS) || kills < LEAST_KILLS) {
            killAndReplaceOne();
            kills++;
        }
        assertThat(sender.acknowledged()).hasSize(JOBS);
        await("all jobs ended").until(() -> ended("mixed") == JOBS);

        forEachJob("mixed", "succeeded", this::assertDidNotRunAgain);
        forEachJob("mixed", "dead", job -> assertThat(job.path("handler").asText())
                .as("handler of dead job %s", job)
                .isEqualTo("fail"));
        System.out.printf("%d mixed jobs, %d of 3 instances killed: all ended%n", JOBS, kills);
    }

    @TimedTest
    void reportOnAJobThatWasTakenAwayIsRefusedAndCounted() throws Exception {
        ServiceProcess instance = instances.get(0);
        instances.subList(1, INSTANCES).forEach(ServiceProcess::kill);
        CountDownLatch sent = new JobSender(new CopyOnWriteArrayList<>(List.of(instance)))
                .send("taken", 1, i -> job("taken", "sleep", "{\"duration\":\"PT3S\"}"));
        sent.await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        await("the job runs")
                .until(() -> instance.get("/v1/queues/taken/jobs/taken").contains("\"running\""));
        instance.freeze(true);
        instances.set(1, instance().awaitReady());
        await("another one has run it")
                .until(() -> instances.get(1).get("/v1/queues/taken/jobs/taken").contains("\"succeeded\""));
        instance.freeze(false);

        await("its run counts for nothing").until(() -> dropped(instance) > 0);
        assertThat(instance.get("/v1/queues/taken/jobs/taken")).contains("\"succeeded\"");
    }

    private static double dropped(ServiceProcess instance) {
        return instance.metric("mainstay_completions_refused_total")
                + instance.metric("mainstay_worker_troubles_total{kind=\"lost_lease\"}");
    }

    private ServiceProcess instance() {
        return new ServiceProcess(
                redis.address(),
                Map.of(
                        "mainstay.handlers.demo",
                        "true",
                        "mainstay.http.allow",
                        recorder.address(),
                        "mainstay.http.allow-subnets",
                        "127.0.0.0/8",
                        "mainstay.lease.duration",
                        LEASE.toString(),
                        "mainstay.retention.succeeded.max-count",
                        "1000000"));
    }

    private void killAndReplaceOne() {
        int victim = random.nextInt(INSTANCES);
        instances.get(victim).kill();
        instances.set(victim, instance().awaitReady());
    }

    private String mixedJob(String id, int kind) {
        return switch (kind) {
            case 0 -> job(id, "fail", "{\"message\":\"as asked\"}");
            case 1 -> job(id, "sleep", "{\"duration\":\"PT0.05S\"}");
            case 2, 3 -> """
                    {"id": "%s", "http": {"url": "%s"}, "maxAttempts": 100,
                     "backoff": {"type": "fixed", "delay": "PT0.1S"}}""".formatted(id, recorder.address());
            case 4 -> """
                    {"id": "%s", "handler": "echo", "payload": %d, "priority": 9, "delay": "PT1S"}""".formatted(id, kind);
            default -> job(id, "noop", "null");
        };
    }

    private static String job(String id, String handler, String payload) {
        return """
                {"id": "%s", "handler": "%s", "payload": %s, "maxAttempts": %d,
                 "backoff": {"type": "fixed", "delay": "PT0.1S"}}""".formatted(id, handler, payload, handler.equals("fail") ? 2 : 100);
    }

    /** The attempt the store counts is the last one there was: whatever ran later would have a higher number. */
    private void assertDidNotRunAgain(JsonNode job) {
        Integer delivered = recorder.latestAttempts().get(job.path("id").asText());
        if (delivered != null) {
            assertThat(delivered)
                    .as("attempt delivered of %s", job)
                    .isLessThanOrEqualTo(job.path("attempt").asInt());
        }
    }

    private int ended(String queue) throws IOException {
        JsonNode counts =
                mapper.readTree(instances.get(0).get("/v1/queues/" + queue)).path("counts");
        return Stream.of("succeeded", "dead", "cancelled")
                .mapToInt(state -> counts.path(state).asInt())
                .sum();
    }

    private void forEachJob(String queue, String state, Consumer<JsonNode> check) throws IOException {
        String cursor = "";
        do {
            String path = "/v1/queues/%s/jobs?state=%s&limit=200%s".formatted(queue, state, cursor);
            JsonNode page = mapper.readTree(instances.get(0).get(path));
            page.path("jobs").forEach(check);
            cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
    }

    private static ConditionFactory await(String what) {
        // An instance that stands still, or has just gone, gives no answer in time; the next may.
        return Awaitility.await(what)
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .pollInterval(Duration.ofMillis(200));
    }
}
