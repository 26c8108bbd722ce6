package io.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class EnqueueServiceTest extends ApiTest {

    private static final String MILLIS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @Test
    void newJobIsCreatedAtItsLocationWithDefaults() {
        var response = enqueue("{\"handler\": \"api-test\"}").statusCode(201).contentType("application/json");

        String id = response.extract().path("id");
        response.header("Location", jobPath(id))
                .header("Preference-Applied", nullValue())
                .body("queue", equalTo(queue.value()))
                .body("handler", equalTo("api-test"))
                .body("state", equalTo("ready"))
                .body("attempt", equalTo(0))
                .body("maxAttempts", equalTo(10))
                .body("priority", equalTo(4))
                .body("timeout", equalTo("PT5M"))
                .body("backoff.type", equalTo("exponential"))
                .body("backoff.initial", equalTo("PT1S"))
                .body("backoff.max", equalTo("PT1H"))
                .body("payload", nullValue())
                .body("enqueuedAt", matchesPattern(MILLIS))
                .body("runAt", matchesPattern(MILLIS))
                .body("errors.size()", equalTo(0));
        String text = response.extract().asString();
        assertThat(text).contains("\"payload\":null").doesNotContain("startedAt", "finishedAt", "result", "\"http\"");
        assertThat(RestAssured.get(jobPath(id)).asString()).isEqualTo(text);
    }

    @Test
    void theTraceOfTheCallerIsKeptAndWhatIsNoneIsIgnored() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        json("{\"handler\": \"api-test\", \"id\": \"traced\"}")
                .header("traceparent", trace)
                .post(jobs)
                .then()
                .statusCode(201)
                .body("traceparent", equalTo(trace));
        RestAssured.get(jobPath("traced")).then().body("traceparent", equalTo(trace));
        json("{\"handler\": \"api-test\"}")
                .header("traceparent", "00-nonsense")
                .post(jobs)
                .then()
                .statusCode(201)
                .body("traceparent", nullValue());
    }

    @Test
    void everyOptionOfAJobIsKept() {
        enqueue("""
                        {"handler": "api-test", "id": "order-7", "priority": 9, "maxAttempts": 3, "timeout": "PT30S",
                         "delay": "PT1H", "backoff": {"type": "exponential", "initial": "PT2S", "max": "PT1M"}}
                        """)
                .statusCode(201)
                .header("Location", jobPath("order-7"))
                .body("id", equalTo("order-7"))
                .body("state", equalTo("scheduled"))
                .body("priority", equalTo(9))
                .body("maxAttempts", equalTo(3))
                .body("timeout", equalTo("PT30S"))
                .body("backoff.initial", equalTo("PT2S"))
                .body("backoff.max", equalTo("PT1M"));
    }

    @Test
    void backoffCanBeFixedOrListed() {
        enqueue("{\"handler\": \"api-test\", \"backoff\": {\"type\": \"fixed\", \"delay\": \"PT5S\"}}")
                .statusCode(201)
                .body("backoff.delay", equalTo("PT5S"));
        enqueue("{\"handler\": \"api-test\", \"backoff\": {\"delays\": [\"PT1S\", \"PT0.5S\"], \"type\": \"listed\"}}")
                .statusCode(201)
                .body("backoff.delays[0]", equalTo("PT1S"))
                .body("backoff.delays[1]", equalTo("PT0.5S"));
    }

    @Test
    void jobCanBeSetForAnInstant() {
        Instant later = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
        enqueue("{\"handler\": \"api-test\", \"runAt\": \"%s\"}".formatted(later))
                .statusCode(201)
                .body("state", equalTo("scheduled"))
                .body("runAt", equalTo(later.toString().replace("Z", ".000Z")));
        enqueue("{\"handler\": \"api-test\", \"runAt\": \"2020-01-01T00:00:00+02:00\"}")
                .statusCode(201)
                .body("state", equalTo("ready"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "0",
                "-1.50",
                "1e400",
                "123456789012345678901234567890",
                "\"\"",
                "\"with \\\"quotes\\\", \\u00e9 and \\n\"",
                "\"é 漢 😀\"",
                "[]",
                "{}",
                "[1,  2 ,{\"a\" : [ ] }]",
                "{ \"b\": 1.0,\n \"a\": {\"handler\": \"other\"} }"
            })
    void payloadIsKeptToTheLetter(String payload) {
        String id = enqueue("{\"payload\":%s,\"handler\": \"api-test\"}".formatted(payload))
                .statusCode(201)
                .extract()
                .path("id");
        enqueue("{\"handler\": \"api-test\", \"payload\" : %s }".formatted(payload))
                .statusCode(201);

        assertThat(RestAssured.get(jobPath(id)).asString()).contains("\"payload\":" + payload + ",\"enqueuedAt\"");
    }

    @Test
    void nullMeansLeftOut() {
        enqueue("""
                        {"handler": "api-test", "http": null, "id": null, "delay": null, "runAt": null,
                         "priority": null, "maxAttempts": null, "backoff": null, "timeout": null}
                        """).statusCode(201).body("priority", equalTo(4));
    }

    @Test
    void ownIdRepeatedGivesTheSameJob() {
        enqueue("{\"handler\": \"api-test\", \"id\": \"a\", \"payload\": 1}").statusCode(201);
        enqueue("{\"handler\": \"api-test\", \"id\": \"a\", \"payload\": 2}")
                .statusCode(200)
                .header("Location", nullValue())
                .body("payload", equalTo(1));
    }

    @Test
    void idempotencyKeyRepeatedGivesTheSameJob() {
        var request = "{\"handler\": \"api-test\"}";
        var first = json(request).header("Idempotency-Key", "order 7/paid").post(jobs);
        var again = json(request).header("Idempotency-Key", "order 7/paid").post(jobs);
        var other = json(request).header("Idempotency-Key", "order 8/paid").post(jobs);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(first.asString());
        other.then().statusCode(201).body("id", not(equalTo(first.path("id"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schedule~mine~20261127T212900Z",
                "schedule~mine~20261127T212900Z~1",
                "schedule~x",
                "flow-x-1",
                "key-0123456789abcdef0123456789abcdef"
            })
    void idThatWouldTakeThePlaceOfAnotherJobIsRefused(String id) {
        String job = "{\"handler\": \"api-test\", \"id\": \"%s\"}".formatted(id);
        assertProblem(enqueue(job).body("field", equalTo("id")), 422, "invalid-value");
        json("[" + job + "]")
                .post(jobs + "/bulk")
                .then()
                .body("failed", equalTo(1))
                .body("results[0].problem.field", equalTo("id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key-1", "schedule-1", "schedule.x", "key-0123456789abcdef0123456789abcdeg", "flow_1"})
    void idsThatOnlyResembleThemAreTaken(String id) {
        enqueue("{\"handler\": \"api-test\", \"id\": \"%s\"}".formatted(id)).statusCode(201);
    }

    @Test
    void httpJobIsShownAsItWasAsked() {
        String call = "{\"url\": \"http://localhost/hook\", \"method\": \"POST\"}";
        var response = enqueue("{\"http\": %s}".formatted(call)).statusCode(201).body("handler", equalTo("http"));

        assertThat(response.extract().asString()).contains("\"http\":" + call).doesNotContain("payload");
        enqueue("{\"handler\": \"http\", \"http\": %s}".formatted(call)).statusCode(201);
    }

    @Test
    void httpExcludesPayloadAndOtherHandlers() {
        String call = "\"http\": {\"url\": \"http://localhost/hook\"}";
        assertProblem(enqueue("{\"handler\": \"api-test\", %s}".formatted(call)), 422, "invalid-value");
        assertProblem(enqueue("{\"payload\": null, %s}".formatted(call)), 422, "invalid-value");
        assertProblem(enqueue("{\"handler\": \"http\", \"payload\": {}}"), 422, "invalid-value");
        assertProblem(enqueue("{\"http\": \"http://localhost/hook\"}"), 400, "wrong-type");
    }

    @Test
    void unknownHandlerIsRefusedWithTheKnownOnes() {
        var response = enqueue("{\"handler\": \"nobody\"}")
                .body("field", equalTo("handler"))
                .body("detail", containsString("'nobody'"))
                .body("detail", containsString("api-test"));
        assertProblem(response, 422, "invalid-value");
        assertProblem(enqueue("{}").body("detail", containsString("missing")), 422, "invalid-value");
    }

    @Test
    void whatAHandlerRefusesIsRefused() {
        var response = enqueue("{\"handler\": \"api-faulty\", \"payload\": 1}").body("field", equalTo("payload"));
        assertProblem(response, 422, "invalid-value");
    }

    @Test
    void durabilityThatRedisCannotGiveIsRefused() {
        enqueue("{\"handler\": \"api-test\", \"durability\": \"fsync\"}")
                .statusCode(422)
                .body("detail", containsString("WAITAOF"));
    }

    @Test
    void durabilityThatIsNotReachedIsUnavailableAndTheJobIsThere() {
        enqueue("{\"id\": \"kept\", \"handler\": \"api-test\", \"durability\": \"replica\"}")
                .statusCode(503)
                .header("Retry-After", matchesPattern("\\d+"))
                .body("type", containsString("durability-not-reached"));

        assertThat(RestAssured.get(jobPath("kept")).statusCode()).isEqualTo(200);
    }
}
