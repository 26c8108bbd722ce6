package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs that wait, run now or given another turn, as callers ask for it. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class RescheduleServiceTest extends ApiTest {

    private static final String LATER = "{\"handler\": \"api-test\", \"id\": \"later\", \"delay\": \"PT1H\"}";

    @Test
    void delayedJobRunsNow() {
        enqueue(LATER).statusCode(201);

        given().post(jobPath("later") + "/run").then().statusCode(200).body("state", equalTo("ready"));
        given().post(jobPath("later") + "/run").then().statusCode(200).body("state", equalTo("ready"));
        run(ApiTest::success);
        assertProblem(
                given().post(jobPath("later") + "/run").then().body("state", equalTo("succeeded")),
                409,
                "job-conflict");
    }

    @Test
    void jobThatIsNotThereDoesNotRun() {
        assertProblem(given().post(jobPath("none") + "/run").then(), 404, "job-not-found");
        assertProblem(json("{\"priority\": 1}").patch(jobPath("none")).then(), 404, "job-not-found");
    }

    @Test
    void priorityAndTimeChange() {
        String id = enqueued();

        json("{\"priority\": 9}")
                .patch(jobPath(id))
                .then()
                .statusCode(200)
                .body("priority", equalTo(9))
                .body("state", equalTo("ready"));
        json("{\"runAt\": \"2026-12-24T18:00:00Z\"}")
                .patch(jobPath(id))
                .then()
                .statusCode(200)
                .body("state", equalTo("scheduled"))
                .body("priority", equalTo(9))
                .body("runAt", startsWith("2026-12-24T18:00:00"));
        json("{\"delay\": \"PT0S\", \"priority\": 0}")
                .patch(jobPath(id))
                .then()
                .statusCode(200)
                .body("state", equalTo("ready"))
                .body("priority", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};422;invalid-value;priority",
                "{\"priority\": null};422;invalid-value;priority",
                "{\"priority\": 10};422;invalid-value;priority",
                "{\"priority\": \"9\"};400;wrong-type;priority",
                "{\"delay\": \"PT-1S\"};422;invalid-value;delay",
                "{\"delay\": \"P4000D\"};422;invalid-value;delay",
                "{\"runAt\": \"2999-01-01T00:00:00Z\"};422;invalid-value;runAt",
                "{\"runAt\": \"1969-01-01T00:00:00Z\"};422;invalid-value;runAt",
                "{\"delay\": \"PT1S\", \"runAt\": \"2026-12-24T18:00:00Z\"};422;invalid-value;runAt",
                "{\"handler\": \"other\"};400;unknown-field;handler",
            })
    void changeOutOfItsBoundsIsRefused(String body, int status, String slug, String field) {
        enqueue(LATER).statusCode(201);

        refused(json(body).patch(jobPath("later")).then(), status, slug, field);
    }

    @Test
    void orderedJobHasNoPriority() {
        enqueue("{\"handler\": \"api-test\", \"id\": \"first\", \"group\": {\"id\": \"g\", \"ordered\": true}}")
                .statusCode(201);

        refused(json("{\"priority\": 9}").patch(jobPath("first")).then(), 422, "invalid-value", "priority");
    }

    @Test
    void limitsThatAreNotNamedStay() {
        String limits = "/v1/queues/" + queue + "/limits";
        json("{\"concurrency\": 20, \"rate\": {\"count\": 100, \"period\": \"PT1M\"}, \"groups\": {\"concurrency\": 2}}")
                .put(limits)
                .then()
                .statusCode(200)
                .body("$", not(hasKey("removed")));

        json("{\"concurrency\": 3}")
                .patch(limits)
                .then()
                .statusCode(200)
                .body("concurrency", equalTo(3))
                .body("rate.count", equalTo(100))
                .body("groups.concurrency", equalTo(2));
        json("{\"rate\": null, \"groups\": null}")
                .patch(limits)
                .then()
                .statusCode(200)
                .body("removed", equalTo(List.of("rate", "groups.concurrency")))
                .body("concurrency", equalTo(3));
        refused(json("{\"rate\": {\"count\": 5}}").patch(limits).then(), 422, "invalid-value", "rate.period");
    }

    @Test
    void replacingLimitsTellsWhatIsGone() {
        String limits = "/v1/queues/" + queue + "/limits";
        json("{\"concurrency\": 20, \"maxWaiting\": 7}").put(limits).then().statusCode(200);

        json("{\"concurrency\": 3}")
                .put(limits)
                .then()
                .statusCode(200)
                .body("removed", equalTo(List.of("maxWaiting")))
                .body("maxWaiting", equalTo(1_000_000));
    }

    private static void refused(ValidatableResponse answer, int status, String slug, String field) {
        assertProblem(answer, status, slug);
        answer.body("field", equalTo(field));
    }
}
