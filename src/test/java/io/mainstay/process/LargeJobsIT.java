package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.failover.nemesis.SlowLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Free workers times payload is far more than the line to Redis takes in the time that a command may take. */
class LargeJobsIT {

    private static final Duration DEADLINE = Duration.ofMinutes(3);
    private static final String PAYLOAD = "\"" + "x".repeat(250_000) + "\"";
    private static final String QUEUE = "/v1/queues/large";

    private final ObjectMapper mapper = new ObjectMapper();
    private final RedisProcess redis = new RedisProcess();
    private SlowLink link;
    private ServiceProcess service;

    @AfterEach
    void stop() throws Exception {
        service.close();
        if (link != null) {
            link.close();
        }
        redis.close();
    }

    @Test
    void allJobsRunAtTheirFirstAttemptOverALinkOfTenMegabytesASecond() throws Exception {
        link = new SlowLink(redis::port);
        link.carry(10_000_000);
        assertAllRunOnce("redis://127.0.0.1:" + link.port(), 64, 200);
    }

    @Test
    void manyFreeWorkersDoNotLoseTheAnswersToTheirClaims() throws Exception {
        assertAllRunOnce(redis.address(), 500, 800);
    }

    private void assertAllRunOnce(String address, int workers, int jobs) throws IOException {
        service = new ServiceProcess(
                        address,
                        Map.of(
                                "mainstay.handlers.demo", "true",
                                "mainstay.worker.concurrency", "" + workers,
                                "mainstay.retention.succeeded.max-count", "1000000"))
                .awaitReady();
        service.post(QUEUE + "/pause", "");
        for (int i = 0; i < jobs; i++) {
            assertThat(service.post(QUEUE + "/jobs", """
                    {"id": "job-%d", "handler": "noop", "payload": %s, "maxAttempts": 3}""".formatted(i, PAYLOAD))).contains("\"id\"");
        }
        long begin = System.nanoTime();
        service.post(QUEUE + "/resume", "");
        Awaitility.await("all jobs ended")
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> count("succeeded") + count("dead") == jobs);
        System.out.printf(
                "%d jobs of 250 KB, %d workers: %d ms%n", jobs, workers, (System.nanoTime() - begin) / 1_000_000);

        assertThat(count("dead")).isZero();
        for (int i = 0; i < jobs; i++) {
            JsonNode job = mapper.readTree(service.get(QUEUE + "/jobs/job-" + i));
            assertThat(job.path("attempt").asInt()).as("job %d", i).isEqualTo(1);
            assertThat(job.path("errors")).as("job %d", i).isEmpty();
        }
        assertThat(service.metric("mainstay_claims_failed_total")).isZero();
    }

    private int count(String state) throws IOException {
        return mapper.readTree(service.get(QUEUE)).path("counts").path(state).asInt();
    }
}
