package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Announcements;
import io.mainstay.queue.Serving;
import io.mainstay.queue.Settlement;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Why a job is not running, as callers read it; which case is which is in the contract of the stores. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class ExplainServiceTest extends ApiTest {

    @Inject
    Announcements announcements;

    @Test
    void jobThatIsNotThere() {
        assertProblem(given().get(jobPath("none") + "/explain").then(), 404, "job-not-found");
    }

    @Test
    void jobThatNobodyServes() {
        String id = enqueued();

        explain(id, "no-worker")
                .body("ahead", equalTo(0))
                .body("detail", containsString("serves its queue"))
                .body("detail", containsString("In line before it: 0."));
        announce(Set.of(queue), "another");
        explain(id, "no-worker").body("detail", containsString("has its handler, api-test"));
    }

    @Test
    void pauseComesFirstAndThatNobodyServesItIsSaid() {
        String id = enqueued();
        given().post("/v1/queues/" + queue + "/pause").then().statusCode(200);

        explain(id, "paused").body("detail", containsString("No instance and no remote worker serves"));
        announce(Set.of(queue), "api-test");
        explain(id, "paused").body("detail", not(containsString("No instance")));
    }

    @Test
    void jobInLine() {
        announce(Set.of(queue), "api-test");
        enqueued();
        String id = enqueued();

        explain(id, "in-line")
                .body("id", equalTo(id))
                .body("queue", equalTo(queue.value()))
                .body("state", equalTo("ready"))
                .body("paused", equalTo(false))
                .body("ahead", equalTo(1))
                .body("running", equalTo(0))
                .body("attempt", equalTo(0))
                .body("at", notNullValue())
                .body("leaseUntil", nullValue())
                .body("detail", containsString("In line before it: 1."));
    }

    @Test
    void pausedQueue() {
        String id = enqueued();
        given().post("/v1/queues/" + queue + "/pause").then().statusCode(200);

        explain(id, "paused").body("paused", equalTo(true)).body("detail", containsString("queue is paused"));
    }

    @Test
    void delayedJob() {
        String id = enqueue("{\"handler\": \"api-test\", \"delay\": \"PT1H\"}")
                .extract()
                .path("id");

        String runAt = given().get(jobPath(id)).path("runAt");
        explain(id, "not-due").body("runAt", equalTo(runAt)).body("detail", containsString(runAt));
    }

    @Test
    void failedJobWithItsError() {
        String id = enqueued();
        run(lease -> new Settlement.Fail(lease, "http-503", "away", Optional.of(Duration.ofHours(1))));

        explain(id, "backoff")
                .body("attempt", equalTo(1))
                .body("lastError.type", equalTo("http-503"))
                .body("lastError.message", equalTo("away"))
                .body("detail", containsString("Attempt 1 of 10 failed (http-503)"));
    }

    @Test
    void runningJobWithItsLease() {
        String id = enqueued();
        Lease lease = claim();

        explain(id, "running")
                .body("startedAt", notNullValue())
                .body("leaseUntil", greaterThan((String)
                        given().get(jobPath(id)).path("startedAt")))
                .body("running", equalTo(1))
                .body("detail", containsString("Attempt 1 of 10 runs"));
        leases.settle(queue, List.of(success(lease))).await().atMost(Duration.ofSeconds(30));
        explain(id, "ended").body("state", equalTo("succeeded")).body("detail", containsString("succeeded at"));
    }

    @Test
    void deadAndCancelledJobs() {
        String dead = enqueued();
        run(ApiTest::death);
        explain(dead, "ended")
                .body("finishedAt", notNullValue())
                .body("detail", containsString("attempt 1 of 10 failed (http-500). Attempts were left"));

        String cancelled = enqueued();
        given().delete(jobPath(cancelled)).then().statusCode(200);
        explain(cancelled, "ended").body("detail", containsString("cancelled at"));
    }

    private void announce(Set<QueueName> queues, String handler) {
        announcements
                .announce(new Serving(queues, Set.of(new HandlerName(handler))), Duration.ofMinutes(1))
                .await()
                .atMost(Duration.ofSeconds(5));
    }

    private ValidatableResponse explain(String id, String reason) {
        return given().get(jobPath(id) + "/explain")
                .then()
                .statusCode(200)
                .body("reason", equalTo(reason))
                .body("detail", notNullValue());
    }
}
