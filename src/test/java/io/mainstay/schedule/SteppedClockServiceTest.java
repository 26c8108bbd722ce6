package io.mainstay.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A whole service whose Redis's clock goes back ten minutes. The clock of a Redis cannot be set, so all that it stored of
 * a schedule is moved ten minutes ahead, at once, which comes to the same.
 */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class SteppedClockServiceTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String MOVE = """
            local tag, name, by = 'ms:{:schedules}:', ARGV[1], 600000
            for _, field in ipairs({ 'next', 'timed_at' }) do
              redis.call('HINCRBY', tag .. 'schedule:' .. name, field, by)
            end
            redis.call('ZINCRBY', tag .. 'due', by, name)
            redis.call('ZINCRBY', tag .. 'timed', by, name)
            return redis.call('HGET', tag .. 'schedule:' .. name, 'next')
            """;

    @Inject
    RedisDataSource redis;

    private final String name = "stepped-" + UUID.randomUUID();

    @AfterEach
    void delete() {
        given().delete("/v1/schedules/" + name);
    }

    @Test
    void scheduleOfEverySecondGoesOnAtOnceWhenTheClockWentBackTenMinutes() {
        given().contentType(ContentType.JSON)
                .body("{\"cron\": \"* * * * * *\", \"queue\": \"%s\", \"job\": {\"handler\": \"noop\"}}"
                        .formatted(name))
                .put("/v1/schedules/" + name)
                .then()
                .statusCode(201);
        awaitRuns("", 2);

        redis.execute("EVAL", MOVE, "0", name);

        awaitRuns("~1", 3);
    }

    private void awaitRuns(String suffix, int runs) {
        Awaitility.await()
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(200))
                .until(() ->
                        ids().stream().filter(id -> id.endsWith("Z" + suffix)).count() >= runs);
        assertThat(ids()).doesNotHaveDuplicates();
    }

    private List<String> ids() {
        return given().get("/v1/queues/" + name + "/jobs?state=succeeded&limit=200")
                .jsonPath()
                .getList("jobs.id");
    }
}
