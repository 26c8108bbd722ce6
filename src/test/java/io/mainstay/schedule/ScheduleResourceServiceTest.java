package io.mainstay.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class ScheduleResourceServiceTest extends ApiTest {

    private final String name = "s-" + UUID.randomUUID();
    private final String path = "/v1/schedules/" + name;

    @Inject
    ObjectMapper mapper;

    @AfterEach
    void delete() {
        given().delete(path).then().statusCode(204);
    }

    @Test
    void newScheduleIsShownWithWhatWasLeftOut() {
        put("\"cron\": \"@daily\"")
                .statusCode(201)
                .header("Location", path)
                .body("name", equalTo(name))
                .body("cron", equalTo("@daily"))
                .body("timeZone", equalTo("UTC"))
                .body("gap", equalTo("shift"))
                .body("overlap", equalTo("first"))
                .body("misfire", equalTo("once"))
                .body("misfireLimit", nullValue())
                .body("queue", equalTo(queue.value()))
                .body("job.handler", equalTo("api-test"))
                .body("job.maxAttempts", equalTo(10))
                .body("job.payload", nullValue())
                .body("paused", equalTo(false))
                .body("next", equalTo(midnight(1)))
                .body("last", nullValue())
                .body("createdAt", notNullValue());
        given().get(path).then().statusCode(200).body("next", equalTo(midnight(1)));
    }

    @Test
    void samePutAgainChangesNothing() {
        String first = put("\"cron\": \"@daily\"").statusCode(201).extract().asString();
        assertThat(put("\"cron\": \"@daily\"").statusCode(200).extract().asString())
                .isEqualTo(first);
    }

    @Test
    void scheduleIsChanged() {
        put("\"cron\": \"@daily\"").statusCode(201);
        put("\"cron\": \"0 0 29 2 *\", \"timeZone\": \"Asia/Tokyo\", \"misfire\": \"all\", \"misfireLimit\": 3")
                .statusCode(200)
                .body("timeZone", equalTo("Asia/Tokyo"))
                .body("misfireLimit", equalTo(3))
                .body("next", containsString("-02-28T15:00:00.000Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            */5 * * * * | skip  | both
            @hourly     | skip  | both
            5 * * * MON | skip  | both
            0 */2 * * * | shift | first
            30 2 * * *  | shift | first
            """)
    void rulesForChangesOfClocksFitTheExpression(String cron, String gap, String overlap) {
        put("\"cron\": \"%s\"".formatted(cron)).body("gap", equalTo(gap)).body("overlap", equalTo(overlap));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        for (String each : List.of("", "/preview")) {
            assertProblem(given().get(path + each).then(), 404, "schedule-not-found");
        }
        for (String each : List.of("/pause", "/resume", "/trigger")) {
            assertProblem(given().post(path + each).then(), 404, "schedule-not-found");
        }
    }

    @Test
    void deletedScheduleIsGone() {
        put("\"cron\": \"@daily\"").statusCode(201);
        given().delete(path).then().statusCode(204);
        assertProblem(given().get(path).then(), 404, "schedule-not-found");
        given().delete(path).then().statusCode(204);
    }

    @Test
    void pausedAndResumed() {
        put("\"cron\": \"@daily\"").statusCode(201);
        given().post(path + "/pause").then().statusCode(200).body("paused", equalTo(true));
        put("\"cron\": \"@hourly\"").statusCode(200).body("paused", equalTo(true));
        given().post(path + "/resume").then().statusCode(200).body("paused", equalTo(false));
    }

    @Test
    void previewShowsTheNextRuns() {
        put("\"cron\": \"@daily\"").statusCode(201);
        given().get(path + "/preview?count=3")
                .then()
                .statusCode(200)
                .body("runs", equalTo(List.of(midnight(1), midnight(2), midnight(3))));
        given().get(path + "/preview").then().body("runs", hasSize(10));
    }

    @Test
    void triggerAddsAJobNow() {
        put("\"cron\": \"@daily\"").statusCode(201);
        given().post(path + "/pause");
        String id = given().post(path + "/trigger")
                .then()
                .statusCode(201)
                .header("Location", startsWith(jobs))
                .body("state", equalTo("ready"))
                .body("handler", equalTo("api-test"))
                .extract()
                .path("id");
        given().get(jobPath(id)).then().statusCode(200);
        given().header("Idempotency-Key", "k").post(path + "/trigger").then().statusCode(201);
        given().header("Idempotency-Key", "k").post(path + "/trigger").then().statusCode(200);
        given().get(path).then().body("last", nullValue());
    }

    @Test
    void keyOfATriggerStandsForThatSchedule() {
        put("\"cron\": \"@daily\"").statusCode(201);
        String other = path + "-other";
        json("{\"cron\": \"@daily\", \"queue\": \"%s\", \"job\": {\"handler\": \"api-test\"}}".formatted(queue))
                .put(other)
                .then()
                .statusCode(201);
        String job = "{\"handler\": \"api-test\"}";
        json(job).header("Idempotency-Key", "k").post(jobs).then().statusCode(201);
        for (String each : List.of(path, other)) {
            given().header("Idempotency-Key", "k")
                    .post(each + "/trigger")
                    .then()
                    .statusCode(201);
            given().header("Idempotency-Key", "k")
                    .post(each + "/trigger")
                    .then()
                    .statusCode(200);
        }
        given().delete(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 * * FRI-MON/2", "0 0 1-L * *", "0 0 L,L-1 * *"})
    void expressionIsTakenOrRefusedAndNeverAnError(String cron) {
        assertThat(put("\"cron\": \"%s\"".formatted(cron)).extract().statusCode())
                .isIn(201, 422);
    }

    @Test
    void schedulesAreListedPageByPage() {
        put("\"cron\": \"@daily\"").statusCode(201);
        String other = path + ".other";
        json("{\"cron\": \"@daily\", \"queue\": \"q\", \"job\": {\"handler\": \"api-test\"}}")
                .put(other);
        given().queryParam("limit", 200)
                .get("/v1/schedules")
                .then()
                .statusCode(200)
                .body("schedules.name", hasItem(name));
        String first = given().queryParam("limit", 1).get("/v1/schedules").path("next");
        assertThat(first).isNotNull();
        given().queryParam("limit", 1)
                .queryParam("cursor", first)
                .get("/v1/schedules")
                .then()
                .statusCode(200)
                .body("schedules", hasSize(1));
        given().delete(other);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "cron": null                                         | cron         | missing
            "cron": ""                                           | cron         | 5 or 6 fields
            "cron": "* * * *"                                    | cron         | 5 or 6 fields
            "cron": "61 * * * *"                                 | cron         | not in range
            "cron": "0 0 31 2 *"                                 | cron         | matches some day
            "cron": "@reboot"                                    | cron         | 5 or 6 fields
            "cron": "@daily", "timeZone": "Mars/Olympus"         | timeZone     | IANA
            "cron": "@daily", "timeZone": "+02:00"               | timeZone     | IANA
            "cron": "@daily", "timeZone": "europe/berlin"        | timeZone     | IANA
            "cron": "@daily", "gap": "jump"                      | gap          | shift or skip
            "cron": "@daily", "overlap": "second"                | overlap      | first or both
            "cron": "@daily", "misfire": "fire"                  | misfire      | skip, once or all
            "cron": "@daily", "misfireLimit": 3                  | misfireLimit | unless misfire is all
            "cron": "@daily", "misfire": "all", "misfireLimit": 0 | misfireLimit | between 1 and 1000
            "cron": "@daily", "misfire": "all", "misfireLimit": 1001 | misfireLimit | between 1 and 1000
            "cron": "@daily", "queue": "No"                      | queue        | a-z0-9
            "cron": "@daily", "queue": "mainstay.canary.x"       | queue        | reserved
            "cron": "@daily", "queue": null                      | queue        | missing
            "cron": "@daily", "job": null                        | job          | missing
            "cron": "@daily", "job": {}                          | job.handler  | missing
            "cron": "@daily", "job": {"handler": "nobody"}       | job.handler  | nobody
            "cron": "@daily", "job": {"handler": "a b"}          | job.handler  | a b
            "cron": "@daily", "job": {"handler": "api-test", "id": "a"} | job.id | left out
            "cron": "@daily", "job": {"handler": "api-test", "deadline": "2026-02-01T00:00:00Z"} | job.deadline | left out
            "cron": "@daily", "job": {"handler": "api-test", "delay": "PT1S"} | job | schedule says when
            "cron": "@daily", "job": {"handler": "api-test", "runAt": "2030-01-01T00:00:00Z"} | job | schedule says when
            "cron": "@daily", "job": {"handler": "api-test", "timeout": "soon"} | job.timeout | soon
            "cron": "@daily", "job": {"handler": "api-test", "timeout": "PT25H"} | job.timeout | at most PT24H
            "cron": "@daily", "job": {"handler": "api-test", "priority": 10} | job.priority | between 0 and 9
            "cron": "@daily", "job": {"handler": "api-test", "backoff": {"type": "x"}} | job.backoff.type | x
            """)
    void valueOutsideItsBoundsIsNamedWithTheLimit(String fields, String field, String limit) {
        String body = "{%s%s%s}"
                .formatted(
                        fields,
                        fields.contains("\"queue\"") ? "" : ", \"queue\": \"q\"",
                        fields.contains("\"job\"") ? "" : ", \"job\": {\"handler\": \"api-test\"}");
        var response = json(body).put(path).then().body("field", equalTo(field)).body("detail", containsString(limit));
        assertProblem(response, 422, "invalid-value");
        assertProblem(given().get(path).then(), 404, "schedule-not-found");
    }

    @Test
    void expressionThatIsTooLongIsRefused() {
        String cron = "0,".repeat(64) + "0 * * * *";
        assertProblem(
                put("\"cron\": \"%s\"".formatted(cron)).body("detail", containsString("128")), 422, "invalid-value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "crn": "@daily"                       | unknown-field | crn
            "job": {"hndler": "api-test"}         | unknown-field | job.hndler
            "cron": 5                             | wrong-type    | cron
            "job": "api-test"                     | wrong-type    | job
            "misfireLimit": "5"                   | wrong-type    | misfireLimit
            "job": {"handler": 7}                 | wrong-type    | job.handler
            """)
    void malformedBodyIsRefusedWithItsField(String fields, String slug, String field) {
        assertProblem(json("{%s}".formatted(fields)).put(path).then().body("field", equalTo(field)), 400, slug);
    }

    @Test
    void payloadOverItsLimitIsRefused() {
        String job = "{\"handler\": \"api-test\", \"payload\": \"%s\"}".formatted("x".repeat(1100));
        assertProblem(
                json("{\"cron\": \"@daily\", \"queue\": \"q\", \"job\": %s}".formatted(job))
                        .put(path)
                        .then(),
                413,
                "payload-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nightly", "a%20b", "%7Bq%7D", ".a", "-", "ABC"})
    void badNameIsRefusedEverywhere(String bad) {
        String each = "/v1/schedules/" + bad;
        for (var response : List.of(
                given().urlEncodingEnabled(false).get(each),
                given().urlEncodingEnabled(false).delete(each),
                given().urlEncodingEnabled(false).post(each + "/trigger"),
                given().urlEncodingEnabled(false).get(each + "/preview"))) {
            assertProblem(response.then().body("field", equalTo("name")), 422, "invalid-value");
        }
    }

    @Test
    void nameMayHave64Characters() {
        String most = "/v1/schedules/" + "x".repeat(64);
        String body = "{\"cron\": \"@daily\", \"queue\": \"q\", \"job\": {\"handler\": \"api-test\"}}";
        json(body).put(most).then().statusCode(201);
        given().delete(most).then().statusCode(204);
        assertProblem(json(body).put(most + "x").then().body("field", equalTo("name")), 422, "invalid-value");
    }

    @ParameterizedTest
    @CsvSource({"preview,count,0", "preview,count,101", "preview,count,many"})
    void badCountIsNamed(String each, String parameter, String value) {
        put("\"cron\": \"@daily\"").statusCode(201);
        var response =
                given().queryParam(parameter, value).get(path + "/" + each).then();
        assertProblem(response.body("field", equalTo(parameter)), 422, "invalid-value");
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,201", "limit,x", "cursor,{}"})
    void badPageIsNamed(String parameter, String value) {
        var response = given().queryParam(parameter, value).get("/v1/schedules").then();
        assertProblem(response.body("field", equalTo(parameter)), 422, "invalid-value");
    }

    @Test
    void everyOperationIsDescribedWithItsProblems() throws IOException {
        JsonNode document = document();
        document.path("paths").properties().stream()
                .filter(each -> each.getKey().startsWith("/v1/schedules"))
                .flatMap(each -> each.getValue().valueStream())
                .forEach(operation -> {
                    assertThat(operation.path("operationId").asText()).isNotEmpty();
                    assertThat(operation.path("responses").has("422")).isTrue();
                    assertThat(operation.path("responses").has("503")).isTrue();
                });
        assertThat(document.findValuesAsText("operationId"))
                .contains(
                        "listSchedules",
                        "putSchedule",
                        "getSchedule",
                        "deleteSchedule",
                        "previewSchedule",
                        "triggerSchedule",
                        "pauseSchedule",
                        "resumeSchedule");
    }

    @Test
    void everyFieldIsDescribedAndExamplesCarryOnlyKnownOnes() throws IOException {
        JsonNode document = document();
        put("\"cron\": \"@daily\", \"misfire\": \"all\"").statusCode(201);
        JsonNode described = document.at("/components/schemas/Schedule/properties");
        mapper.readTree(given().get(path).asString()).properties().forEach(field -> assertThat(
                        described.has(field.getKey()))
                .as(field.getKey())
                .isTrue());
        JsonNode examples = document.at("/components/requestBodies/Schedule/content/application~1json/examples");
        assertThat(examples).hasSize(3);
        for (JsonNode example : examples) {
            String body = example.path("value").toString().replaceAll("\"(echo|noop)\"", "\"api-test\"");
            assertThat(json(body).put(path).statusCode()).isEqualTo(200);
        }
    }

    private JsonNode document() throws IOException {
        return mapper.readTree(
                given().queryParam("format", "json").get("/q/openapi").asString());
    }

    private ValidatableResponse put(String fields) {
        return json("{%s, \"queue\": \"%s\", \"job\": {\"handler\": \"api-test\"}}".formatted(fields, queue))
                .put(path)
                .then();
    }

    private static String midnight(int days) {
        Instant time = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(days));
        return time.toString().replace("Z", ".000Z");
    }
}
