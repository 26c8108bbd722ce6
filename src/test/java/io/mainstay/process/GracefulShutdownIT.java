package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.machine.TimedTest;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;

/** SIGTERM: not ready, nothing new begun, what can finish finishes, the rest goes back without an attempt spent. */
class GracefulShutdownIT {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ObjectMapper mapper = new ObjectMapper();
    private final RedisProcess redis = new RedisProcess();
    private final ServiceProcess leaving = new ServiceProcess(
                    redis.address(), Map.of("mainstay.handlers.demo", "true", "mainstay.worker.grace-period", "PT4S"))
            .awaitReady();
    private final ServiceProcess watching = new ServiceProcess(
                    redis.address(), Map.of("mainstay.handlers.demo", "true", "mainstay.worker.enabled", "false"))
            .awaitReady();

    @AfterEach
    void stop() throws Exception {
        leaving.close();
        watching.close();
        redis.close();
    }

    @TimedTest
    void runningJobsFinishWithinTheGracePeriodAndTheRestGoBackAtOnce() throws Exception {
        try (JobSender sender = new JobSender(new CopyOnWriteArrayList<>(List.of(watching)))) {
            sender.send("q", 1, i -> sleeper("short", "PT2S")).await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            sender.send("q", 1, i -> sleeper("long", "PT1M")).await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            await("both run")
                    .until(() ->
                            state("short").equals("running") && state("long").equals("running"));

            leaving.requestEnd();
            await("not ready").until(() -> leaving.status("/q/health/ready") == 503);
            sender.send("q", 1, i -> sleeper("late", "PT0S")).await(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            leaving.awaitExit();

            assertThat(state("short")).isEqualTo("succeeded");
            assertThat(state("late")).isEqualTo("ready");
            assertThat(state("long")).isEqualTo("ready");
            assertThat(job("long").path("attempt").asInt()).isZero();
            assertThat(job("long").path("errors")).isEmpty();
        }
    }

    private static String sleeper(String id, String duration) {
        return """
                {"id": "%s", "handler": "sleep", "payload": {"duration": "%s"}}""".formatted(id, duration);
    }

    private String state(String id) throws Exception {
        return job(id).path("state").asText();
    }

    private JsonNode job(String id) throws Exception {
        return mapper.readTree(watching.get("/v1/queues/q/jobs/" + id));
    }

    private static ConditionFactory await(String what) {
        // An instance that stands still, or has just gone, gives no answer in time; the next may.
        return Awaitility.await(what)
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .pollInterval(Duration.ofMillis(50));
    }
}
