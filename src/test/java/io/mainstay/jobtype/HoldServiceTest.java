package io.mainstay.jobtype;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.queue.WorkerStatus;
import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bad release does not burn the jobs of its handler. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class HoldServiceTest {

    private static final int JOBS = 500;
    private static final int AFTER = 10;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String HANDLER = "/v1/handlers/switched";

    @Inject
    @Identifier("switched")
    SwitchedHandler handler;

    @Inject
    WorkerStatus workers;

    private final String queue = "/v1/queues/hold-" + UUID.randomUUID();

    @AfterEach
    void forget() {
        handler.mended = true;
        given().delete(HANDLER).then().statusCode(204);
    }

    @Test
    void fewAttemptsAreSpentUntilTheHoldAndAllJobsRunAfterwards() {
        given().contentType(ContentType.JSON)
                .body("{\"maxAttempts\": 20, \"backoff\": {\"type\": \"fixed\", \"delay\": \"PT0.05S\"},"
                        + " \"hold\": {\"after\": %d, \"window\": \"PT5M\"}}".formatted(AFTER))
                .put(HANDLER)
                .then()
                .statusCode(201);
        given().contentType(ContentType.JSON)
                .body(IntStream.range(0, JOBS)
                        .mapToObj(i -> "{\"handler\": \"switched\"}")
                        .collect(Collectors.joining(",", "[", "]")))
                .post(queue + "/jobs/bulk")
                .then()
                .statusCode(200)
                .body("created", equalTo(JOBS));

        await("the hold").untilAsserted(() -> given().get(HANDLER)
                .then()
                .body("held.reason", equalTo("failures"))
                .body("held.failed", greaterThanOrEqualTo(AFTER)));
        int spent = handler.calls.get();
        System.out.printf("%d attempts spent until the hold, %d at a time%n", spent, workers.concurrency());
        assertThat(spent).isBetween(AFTER, AFTER + 2 * workers.concurrency());
        String waiting = given().get(queue + "/jobs?state=ready&limit=1").path("jobs[0].id");
        given().get(queue + "/jobs/" + waiting + "/explain").then().body("reason", equalTo("handler-held"));
        await("the first probe").until(() -> handler.calls.get() > spent);
        assertThat(handler.calls.get() - spent).isLessThanOrEqualTo(workers.concurrency() + 5);

        handler.mended = true;

        await("the probe that succeeds")
                .untilAsserted(() -> given().get(HANDLER).then().body("held", nullValue()));
        await("all jobs").untilAsserted(() -> given().get(queue).then().body("counts.succeeded", equalTo(JOBS)));
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(20));
    }
}
