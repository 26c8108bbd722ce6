package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import io.mainstay.queue.Settlement;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Groups, limits and paused handlers, as callers read and write them; what they do is in the contract of the stores. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class FlowControlServiceTest extends ApiTest {

    private final String path = "/v1/queues/" + queue;

    @Test
    void groupIsShownWithTheJob() {
        grouped("{\"id\": \"tenant-5\"}").body("group.id", equalTo("tenant-5")).body("group.ordered", equalTo(false));
        grouped("{\"id\": \"a:9\", \"ordered\": true}").body("group.ordered", equalTo(true));
        grouped("null").body("group", nullValue());
    }

    @Test
    void longestGroupIsTaken() {
        grouped("{\"id\": \"%s\"}".formatted("x".repeat(128)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"group\": \"tenant-5\";400;wrong-type;group",
                "\"group\": {};422;invalid-value;group.id",
                "\"group\": {\"id\": \"\"};422;invalid-value;group.id",
                "\"group\": {\"id\": \"a b\"};422;invalid-value;group.id",
                "\"group\": {\"id\": \"é\"};422;invalid-value;group.id",
                "\"group\": {\"id\": 5};400;wrong-type;group.id",
                "\"group\": {\"id\": \"a\", \"ordered\": \"yes\"};400;wrong-type;group.ordered",
                "\"group\": {\"id\": \"a\", \"name\": \"b\"};400;unknown-field;group.name",
                "\"group\": {\"id\": \"a\", \"ordered\": true}, \"priority\": 4;422;invalid-value;priority",
            })
    void groupOutOfItsBoundsIsRefused(String members, int status, String slug, String field) {
        refused(enqueue("{\"handler\": \"api-test\", %s}".formatted(members)), status, slug, field);
    }

    @Test
    void groupNameThatIsTooLongIsRefused() {
        String group = "{\"handler\": \"api-test\", \"group\": {\"id\": \"%s\"}}".formatted("x".repeat(129));
        refused(enqueue(group), 422, "invalid-value", "group.id");
    }

    @Test
    void limitsAreSetAsAWhole() {
        limit("{\"maxWaiting\": 7, \"concurrency\": 20, \"rate\": {\"count\": 100, \"period\": \"PT1M\"},"
                        + " \"groups\": {\"concurrency\": 2, \"rate\": {\"count\": 1, \"period\": \"PT0.001S\"}}}")
                .body("maxWaiting", equalTo(7))
                .body("concurrency", equalTo(20))
                .body("rate.count", equalTo(100))
                .body("rate.period", equalTo("PT1M"))
                .body("groups.concurrency", equalTo(2))
                .body("groups.rate.period", equalTo("PT0.001S"));

        limit("{\"groups\": {\"concurrency\": 3}}")
                .body("concurrency", nullValue())
                .body("rate", nullValue())
                .body("groups.concurrency", equalTo(3))
                .body("groups.rate", nullValue());
        limit("{\"concurrency\": null, \"rate\": null, \"groups\": null}").body("groups", nullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"concurrency\": 0;422;invalid-value;concurrency",
                "\"concurrency\": 1000001;422;invalid-value;concurrency",
                "\"concurrency\": 1.5;400;wrong-type;concurrency",
                "\"rate\": 5;400;wrong-type;rate",
                "\"rate\": {};422;invalid-value;rate.count",
                "\"rate\": {\"count\": 0, \"period\": \"PT1S\"};422;invalid-value;rate.count",
                "\"rate\": {\"count\": 1000001, \"period\": \"PT24H\"};422;invalid-value;rate.count",
                "\"rate\": {\"count\": 1};422;invalid-value;rate.period",
                "\"rate\": {\"count\": 1, \"period\": \"PT0S\"};422;invalid-value;rate.period",
                "\"rate\": {\"count\": 1, \"period\": \"PT24H0.001S\"};422;invalid-value;rate.period",
                "\"rate\": {\"count\": 1, \"period\": \"a while\"};422;invalid-value;rate.period",
                "\"rate\": {\"count\": 1001, \"period\": \"PT0.001S\"};422;invalid-value;rate.count",
                "\"rate\": {\"count\": 1, \"burst\": 1};400;unknown-field;rate.burst",
                "\"groups\": [];400;wrong-type;groups",
                "\"groups\": {\"maxWaiting\": 1};400;unknown-field;groups.maxWaiting",
                "\"groups\": {\"concurrency\": 0};422;invalid-value;groups.concurrency",
                "\"groups\": {\"rate\": {\"count\": 0}};422;invalid-value;groups.rate.count",
            })
    void limitOutOfItsBoundsIsRefused(String member, int status, String slug, String field) {
        refused(json("{%s}".formatted(member)).put(path + "/limits").then(), status, slug, field);
    }

    @Test
    void handlerIsPausedAndResumed() {
        String id = enqueued();
        String handler = path + "/handlers/api-test";
        given().post(handler + "/pause").then().statusCode(200).body("pausedHandlers", contains("api-test"));
        given().get(jobPath(id) + "/explain")
                .then()
                .body("reason", equalTo("handler-paused"))
                .body("paused", equalTo(false))
                .body("detail", containsString("handler is paused"));

        given().post(handler + "/resume").then().statusCode(200).body("pausedHandlers", nullValue());
        // Whether anybody serves the handler is not up to this test.
        given().get(jobPath(id) + "/explain").then().body("reason", oneOf("in-line", "no-worker"));
    }

    @Test
    void handlerNobodyCouldHaveIsNotPaused() {
        assertProblem(given().post(path + "/handlers/a b/pause").then(), 422, "invalid-value");
    }

    @Test
    void moreHandlersThanMayBeAreNotPaused() {
        for (int i = 0; i < 100; i++) {
            given().post(path + "/handlers/h" + i + "/pause").then().statusCode(200);
        }

        refused(given().post(path + "/handlers/h/pause").then(), 422, "invalid-value", "handler");
    }

    @Test
    void jobHeldByALimitIsExplained() {
        limit("{\"concurrency\": 1}");
        enqueued();
        String second = enqueued();
        String first = claim().id().value();

        given().get(jobPath(second) + "/explain")
                .then()
                .body("reason", equalTo("concurrency"))
                .body("blockedBy.id", contains(first))
                .body("blockedBy.state", contains("running"))
                .body("detail", containsString("at its concurrency limit"))
                .body("detail", containsString("Job " + first + " has run since"));
        given().post(path + "/pause").then().statusCode(200);
        given().get(jobPath(second) + "/explain")
                .then()
                .body("reason", equalTo("paused"))
                .body("blockedBy", nullValue());
    }

    @Test
    void jobThatWaitsForOneOfItsGroupNamesIt() {
        String group = "{\"id\": \"g\", \"ordered\": true}";
        String first = grouped(group).extract().path("id");
        String second = grouped(group).extract().path("id");
        run(lease -> new Settlement.Fail(lease, "http-503", "away", Optional.of(Duration.ofHours(1))));

        given().get(jobPath(second) + "/explain")
                .then()
                .body("reason", equalTo("group-order"))
                .body("blockedBy.id", contains(first))
                .body("blockedBy.state", contains("scheduled"))
                .body("blockedBy.since", contains(notNullValue()))
                .body("detail", containsString("Job " + first + " has waited for its next attempt since"));
    }

    private ValidatableResponse grouped(String group) {
        return enqueue("{\"handler\": \"api-test\", \"group\": %s}".formatted(group))
                .statusCode(201);
    }

    private ValidatableResponse limit(String body) {
        return json(body).put(path + "/limits").then().statusCode(200);
    }

    private static void refused(ValidatableResponse answer, int status, String slug, String field) {
        assertProblem(answer, status, slug);
        answer.body("field", equalTo(field));
    }
}
