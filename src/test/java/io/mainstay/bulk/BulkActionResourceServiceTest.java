package io.mainstay.bulk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class BulkActionResourceServiceTest extends ApiTest {

    @Test
    void waitingJobsThatMatchAreCancelled() {
        String id = enqueued();
        enqueue("{\"handler\": \"api-test\", \"delay\": \"PT1H\"}").statusCode(201);

        change("cancel?state=ready&handler=other").statusCode(200).body("count", equalTo(0));
        change("cancel?state=ready&handler=api-test").body("count", equalTo(1)).body("next", nullValue());
        given().get(jobPath(id)).then().body("state", equalTo("cancelled"));
        change("cancel?state=scheduled").body("count", equalTo(1));
    }

    @Test
    void requestGoesOnFromTheCursor() {
        String first = enqueued();
        String second = enqueued();

        String next = change("cancel?state=ready&limit=1")
                .body("count", equalTo(1))
                .body("next", notNullValue())
                .extract()
                .path("next");
        given().get(jobPath(first)).then().body("state", equalTo("cancelled"));
        change("cancel?state=ready&limit=1&cursor=" + next)
                .body("count", equalTo(1))
                .body("next", nullValue());
        given().get(jobPath(second)).then().body("state", equalTo("cancelled"));
    }

    @Test
    void timeOfEnqueuePicks() {
        enqueued();
        change("cancel?state=ready&enqueuedBefore=2000-01-01T00:00:00Z").body("count", equalTo(0));
        change("cancel?state=ready&enqueuedFrom=2100-01-01T00:00:00Z").body("count", equalTo(0));
        change("cancel?state=ready&enqueuedFrom=2000-01-01T00:00:00Z&enqueuedBefore=2100-01-01T01:00:00%2B01:00")
                .body("count", equalTo(1));
    }

    @Test
    void endedJobsAreDeleted() {
        String id = enqueued();
        run(ApiTest::death);
        String other = enqueued();
        run(ApiTest::success);

        change("delete?state=dead&errorType=other").body("count", equalTo(0));
        change("delete?state=dead&errorType=http-500").body("count", equalTo(1));
        assertProblem(given().get(jobPath(id)).then(), 404, "job-not-found");
        given().get(jobPath(other)).then().statusCode(200);
    }

    @Test
    void deadOrCancelledJobsAreRequeuedByQueryOrByBody() {
        String dead = enqueued();
        run(ApiTest::death);
        String cancelled = enqueued();
        given().delete(jobPath(cancelled)).then().statusCode(200);

        change("requeue?state=cancelled&handler=api-test").body("count", equalTo(1));
        json("{\"handler\": \"api-test\"}")
                .post(jobs + "/requeue?limit=10")
                .then()
                .statusCode(200)
                .body("count", equalTo(1));
        given().get(jobs).then().body("jobs.id", contains(cancelled, dead));
    }

    /** A misspelt condition would hit other jobs than its sender means. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cancel?state=ready&handlr=api-test",
                "cancel?state=ready&state=running",
                "cancel?handler=api-test",
                "cancel?state=dead",
                "cancel?state=unheard-of",
                "delete",
                "delete?state=ready",
                "delete?state=running",
                "requeue?state=succeeded",
                "requeue?state=ready",
                "cancel?state=ready&handler=a%20b",
                "cancel?state=ready&handler=",
                "cancel?state=ready&errorType=",
                "cancel?state=ready&limit=0",
                "cancel?state=ready&limit=10001",
                "cancel?state=ready&limit=many",
                "cancel?state=ready&cursor=nonsense",
                "cancel?state=ready&enqueuedBefore=yesterday",
                "cancel?state=ready&enqueuedFrom=2026-11-23",
                "delete?state=dead&enqueuedFrom=%2B999999999-01-01T00:00:00Z"
            })
    void whatIsNotMeantExactlyIsRefused(String request) {
        String id = enqueued();

        assertProblem(
                given().noContentType()
                        .urlEncodingEnabled(false)
                        .post(jobs + "/" + request)
                        .then(),
                422,
                "invalid-value");
        given().get(jobPath(id)).then().body("state", equalTo("ready"));
    }

    @ParameterizedTest
    @CsvSource({"handler,api-test", "errorType,boom", "cursor,1_a"})
    void conditionInBothQueryAndBodyIsRefused(String name, String value) {
        assertProblem(
                json("{\"%s\": \"%s\"}".formatted(name, value))
                        .post(jobs + "/requeue?" + name + "=" + value)
                        .then(),
                422,
                "invalid-value");
    }

    @Test
    void errorTypeHasALimit() {
        String limit = "x".repeat(200);
        change("cancel?state=ready&errorType=" + limit).statusCode(200);
        var answer = given().post(jobs + "/cancel?state=ready&errorType=" + limit + "x")
                .then();
        assertProblem(answer, 422, "invalid-value");
        assertThat(answer.extract().<String>path("field")).isEqualTo("errorType");
    }

    private ValidatableResponse change(String request) {
        return given().noContentType()
                .urlEncodingEnabled(false)
                .post(jobs + "/" + request)
                .then()
                .statusCode(200);
    }
}
