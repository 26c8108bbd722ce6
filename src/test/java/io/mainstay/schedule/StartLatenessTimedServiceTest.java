package io.mainstay.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.machine.TimedTest;
import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** When delayed jobs and runs of schedules start, against when they were due; all by the clock of Redis. */
@Tag("timed")
@QuarkusTest
@TestProfile(WorkersProfile.class)
class StartLatenessTimedServiceTest {

    private static final int JOBS = Integer.getInteger("mainstay.lateness.jobs", 200);
    private static final int RUNS = Integer.getInteger("mainstay.lateness.runs", 4);
    private static final Duration DEADLINE = Duration.ofSeconds(30 + RUNS);
    /** Far below the slow poll, so that polling alone would not do; far above what is measured, for slow machines. */
    private static final long LATEST_MS = 1000;

    @Inject
    ObjectMapper mapper;

    private final Random random = new Random(JOBS);

    @TimedTest
    void delayedJobStartsWhenItIsDueAndNeverBefore() throws Exception {
        String queue = "lateness-" + UUID.randomUUID();
        for (int i = 0; i < JOBS; i++) {
            String when = i % 2 == 0
                    ? "\"delay\": \"%s\"".formatted(Duration.ofMillis(500 + random.nextInt(2500)))
                    : "\"runAt\": \"%s\"".formatted(Instant.now().plusMillis(500 + random.nextInt(2500)));
            given().contentType(ContentType.JSON)
                    .body("{\"handler\": \"noop\", %s}".formatted(when))
                    .post("/v1/queues/" + queue + "/jobs")
                    .then()
                    .statusCode(201);
        }
        check("delayed jobs", latenesses(queue, JOBS));
    }

    @TimedTest
    void runOfAScheduleStartsWhenItIsDueAndNeverBefore() throws Exception {
        String name = "lateness-" + UUID.randomUUID();
        String body =
                "{\"cron\": \"* * * * * *\", \"queue\": \"%s\", \"job\": {\"handler\": \"noop\"}}".formatted(name);
        given().contentType(ContentType.JSON)
                .body(body)
                .put("/v1/schedules/" + name)
                .then()
                .statusCode(201);
        try {
            List<Long> latenesses = latenesses(name, RUNS);
            // The first may wait until the schedule is noticed.
            latenesses.remove(latenesses.stream().max(Long::compare).orElseThrow());
            check("runs", latenesses);
        } finally {
            given().delete("/v1/schedules/" + name);
        }
    }

    private static void check(String what, List<Long> latenesses) {
        List<Long> sorted = latenesses.stream().sorted().toList();
        System.out.printf(
                "%d %s started late by, ms: least %d, median %d, p99 %d, most %d%n",
                sorted.size(),
                what,
                sorted.get(0),
                sorted.get(sorted.size() / 2),
                sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1),
                sorted.get(sorted.size() - 1));
        assertThat(sorted.get(0)).isNotNegative();
        assertThat(sorted.get(sorted.size() - 1)).isLessThan(LATEST_MS);
    }

    /** Of all jobs of the queue, once there are so many ended ones. */
    private List<Long> latenesses(String queue, int jobs) {
        List<Long> latenesses = new ArrayList<>();
        Awaitility.await().atMost(DEADLINE).pollInterval(Duration.ofMillis(200)).until(() -> {
            latenesses.clear();
            String cursor = "";
            do {
                JsonNode page =
                        mapper.readTree(given().get("/v1/queues/" + queue + "/jobs?state=succeeded&limit=200" + cursor)
                                .asString());
                page.path("jobs").forEach(job -> latenesses.add(lateness(job)));
                cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
            } while (!cursor.isEmpty());
            return latenesses.size() >= jobs;
        });
        return latenesses;
    }

    private static long lateness(JsonNode job) {
        String id = job.path("id").asText();
        Instant due = id.startsWith("schedule~")
                ? due(id)
                : Instant.parse(job.path("runAt").asText());
        return Duration.between(due, Instant.parse(job.path("startedAt").asText()))
                .toMillis();
    }

    /** The instant in the id of a run's job, 20261124T013000Z. */
    private static Instant due(String id) {
        String time = id.substring(id.lastIndexOf('~') + 1);
        return Instant.parse(time.replaceAll("(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z"));
    }
}
