package io.mainstay.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class BadInputServiceTest extends ApiTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"handler\": \"api-test\"",
                "{\"handler\": \"api-test\",}",
                "{handler: \"api-test\"}",
                "{\"handler\": 'api-test'}",
                "{\"handler\": \"api-test\"} x",
                "{\"handler\": \"api-test\"} {}",
                "{\"handler\": \"api-test\", \"handler\": \"api-test\"}",
                "{\"handler\": \"api-test\", \"payload\": {\"a\": 1, \"a\": 2}}",
                "{\"handler\": \"api-test\", \"payload\": NaN}",
                "{\"handler\": \"api-test\", \"payload\": -Infinity}",
                "{\"handler\": \"api-test\", \"payload\": +1}",
                "{\"handler\": \"api-test\", /* a */ \"payload\": 1}",
                "\u001e{\"handler\": \"api-test\"}",
                "{\"handler\": \"api-test\", \"payload\": 01}",
                "{\"handler\": \"api-test\", \"payload\": \"\u0001\"}"
            })
    void malformedJsonIsRefusedWithItsPlace(String body) {
        var response = enqueue(body);
        assertThat(response.extract().path("type").toString())
                .isIn("urn:mainstay:problem:malformed-json", "urn:mainstay:problem:wrong-type");
        response.statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString("line 1, column"))
                // What the parser's options and classes are called is nothing to who calls.
                .body("detail", not(matchesPattern(".*(?:Source|Feature|[A-Z]_[A-Z]).*")));
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        String body = "{\"payload\": " + "[".repeat(101) + "]".repeat(101) + "}";
        assertProblem(enqueue(body).body("detail", containsString("nested")), 400, "malformed-json");
    }

    @Test
    void bodyInUtf16IsRefused() {
        byte[] body = "{\"handler\": \"api-test\", \"payload\": 1}".getBytes(StandardCharsets.UTF_16BE);
        var response = given().contentType("application/json").body(body).post(jobs);
        assertProblem(response.then(), 400, "malformed-json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"handlr": "api-test"}                                               | handlr
                    {"handler": "api-test", "uniqueKeys": "a"}                           | uniqueKeys
                    {"handler": "api-test", "backoff": {"type": "fixed", "wait": "PT1S"}} | backoff.wait
                    """)
    void unknownFieldIsNamed(String body, String field) {
        var response = enqueue(body).body("field", equalTo(field)).body("detail", containsString("line 1, column"));
        assertProblem(response, 400, "unknown-field");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"handler": 7}                                                     | handler
                    {"handler": "api-test", "id": 7}                                   | id
                    {"handler": "api-test", "delay": 5}                                | delay
                    {"handler": "api-test", "priority": "5"}                           | priority
                    {"handler": "api-test", "priority": 5.0}                           | priority
                    {"handler": "api-test", "maxAttempts": true}                       | maxAttempts
                    {"handler": "api-test", "timeout": ["PT1S"]}                       | timeout
                    {"handler": "api-test", "backoff": "fixed"}                        | backoff
                    {"handler": "api-test", "backoff": {"type": "listed", "delays": "PT1S"}} | backoff.delays
                    {"handler": "api-test", "backoff": {"type": "listed", "delays": ["PT1S", 1]}} | backoff.delays.1
                    """)
    void wrongTypeIsNamed(String body, String field) {
        var response = enqueue(body).body("field", equalTo(field)).body("detail", containsString("line 1, column"));
        assertProblem(response, 400, "wrong-type");
    }

    @Test
    void unknownDurabilityIsNamed() {
        var response = enqueue("{\"handler\": \"api-test\", \"durability\": \"replicated\"}")
                .body("field", equalTo("durability"));
        assertProblem(response, 400, "unknown-value");
    }

    @Test
    void bodyThatIsNoObjectIsRefused() {
        assertProblem(enqueue("[]"), 400, "wrong-type");
        assertProblem(enqueue("null"), 400, "wrong-type");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    "id": "a b"                         | id          | a b
                    "id": ""                            | id          | A-Za-z0-9
                    "delay": "5 minutes"                | delay       | 5 minutes
                    "delay": "PT-1S"                    | delay       | PT-1S
                    "delay": "P400D"                    | delay       | at most PT8784H
                    "runAt": "tomorrow"                 | runAt       | tomorrow
                    "runAt": "3000-01-01T00:00:00Z"     | runAt       | at most PT8784H
                    "runAt": "-1000000000-01-01T00:00:00Z" | runAt    | 1970
                    "delay": "PT1S", "runAt": "2030-01-01T00:00:00Z" | runAt | delay
                    "priority": 10                      | priority    | between 0 and 9
                    "priority": -1                      | priority    | between 0 and 9
                    "priority": 99999999999             | priority    | 99999999999
                    "maxAttempts": 0                    | maxAttempts | between 1 and 1000
                    "maxAttempts": 1001                 | maxAttempts | between 1 and 1000
                    "timeout": "PT0S"                   | timeout     | more than PT0S
                    "timeout": "PT0.0001S"              | timeout     | more than PT0S
                    "timeout": "PT25H"                  | timeout     | at most PT24H
                    "timeout": "P9999999999999999D"     | timeout     | P9999999999999999D
                    "backoff": {}                       | backoff.type | missing
                    "backoff": {"type": "linear"}       | backoff.type | linear
                    "backoff": {"type": "fixed"}        | backoff.delay | missing
                    "backoff": {"type": "fixed", "delay": "P31D"} | backoff.delay | PT720H
                    "backoff": {"type": "fixed", "delay": "PT1S", "max": "PT1S"} | backoff.max | fixed
                    "backoff": {"type": "exponential", "initial": "PT2H"} | backoff.max | at least
                    "backoff": {"type": "listed"}       | backoff.delays | 1 to 100
                    """)
    void valueOutsideItsBoundsIsNamedWithTheLimit(String fields, String field, String limit) {
        var response = enqueue("{\"handler\": \"api-test\", %s}".formatted(fields))
                .body("field", equalTo(field))
                .body("detail", containsString(limit));
        assertProblem(response, 422, "invalid-value");
    }

    @Test
    void idempotencyKeyIsCheckedAndExcludesAnId() {
        String job = "{\"handler\": \"api-test\"}";
        var tooLong = json(job).header("Idempotency-Key", "k".repeat(256)).post(jobs);
        assertProblem(tooLong.then().body("field", equalTo("Idempotency-Key")), 422, "invalid-value");
        var control = json(job).header("Idempotency-Key", "a\tb").post(jobs);
        assertProblem(control.then(), 422, "invalid-value");
        var both = json("{\"handler\": \"api-test\", \"id\": \"a\"}")
                .header("Idempotency-Key", "k")
                .post(jobs);
        assertProblem(both.then().body("field", equalTo("id")), 422, "invalid-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mail", "a%20b", "%7Bq%7D", "%0A", "bücher"})
    void badQueueNameIsRefusedEverywhere(String name) {
        String path = "/v1/queues/" + name;
        for (String each : new String[] {path, path + "/jobs", path + "/jobs/1"}) {
            var response = given().urlEncodingEnabled(name.equals("bücher")).get(each);
            assertProblem(response.then().body("field", equalTo("queue")), 422, "invalid-value");
        }
        var response = json("{\"handler\": \"api-test\"}")
                .urlEncodingEnabled(name.equals("bücher"))
                .post(path + "/jobs");
        assertProblem(response.then().body("detail", containsString("[a-z0-9._-]{1,64}")), 422, "invalid-value");
    }

    @Test
    void badJobIdInThePathIsRefused() {
        assertProblem(given().get(jobPath("_")).then().body("field", equalTo("id")), 422, "invalid-value");
        assertProblem(given().get(jobPath("x".repeat(129))).then(), 422, "invalid-value");
    }

    @ParameterizedTest
    @CsvSource({"state,Ready", "limit,0", "limit,201", "limit,many", "cursor,nonsense"})
    void badQueryParameterIsNamed(String name, String value) {
        var response = given().queryParam(name, value).get(jobs).then().body("field", equalTo(name));
        assertProblem(response, 422, "invalid-value");
    }

    @Test
    void payloadOverItsLimitIsRefused() {
        String atLimit = "\"" + "x".repeat(1022) + "\"";
        enqueue("{\"handler\": \"api-test\", \"payload\": %s}".formatted(atLimit))
                .statusCode(201);
        var response = enqueue("{\"handler\": \"api-test\", \"payload\": \"%s\"}".formatted("é".repeat(512)))
                .body("field", equalTo("payload"))
                .body("limit", equalTo(1024));
        assertProblem(response, 413, "payload-too-large");
    }

    @Test
    void bodyOverItsLimitIsRefused() {
        var response = enqueue("{\"payload\": \"" + "x".repeat(10_000) + "\"}").body("limit", equalTo(8192));
        assertProblem(response, 413, "body-too-large");
    }

    @Test
    void bodyOverItsLimitIsRefusedWithoutADeclaredLength() throws Exception {
        byte[] body = ("{\"payload\": \"" + "x".repeat(100_000) + "\"}").getBytes(StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + jobs))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();
        var response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void wrongMediaTypeIsRefused() {
        var response = given().contentType("text/plain")
                .body("{\"handler\": \"api-test\"}")
                .post(jobs);
        assertProblem(response.then(), 415, "unsupported-media-type");
    }

    @Test
    void unacceptableAnswerIsRefused() {
        assertProblem(given().accept("text/csv").get(jobs).then(), 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/nothing", "/nothing", "/v1/queues/q/nothing"})
    void unknownPathIsNotFound(String path) {
        assertProblem(given().get(path).then(), 404, "not-found");
    }

    @Test
    void wrongMethodIsRefused() {
        assertProblem(given().put(jobs).then(), 405, "method-not-allowed");
        assertProblem(given().delete("/v1/queues").then(), 405, "method-not-allowed");
    }

    @Test
    void unansweringStoreIsToldWithATimeToRetry() {
        var response = enqueue("{\"handler\": \"api-faulty\", \"payload\": \"store\"}")
                .header("Retry-After", "2")
                .body("detail", not(containsString("LOADING")));
        assertProblem(response, 503, "store-unavailable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "error"})
    void unforeseenFailureTellsNothingButItsName(String fault) {
        var response = enqueue("{\"handler\": \"api-faulty\", \"payload\": \"%s\"}".formatted(fault))
                .body("instance", matchesPattern("urn:uuid:[0-9a-f-]{36}"))
                .body("stack", nullValue())
                .body("detail", notNullValue());
        assertProblem(response, 500, "internal-error");
        assertThat(response.extract().asString()).doesNotContain("LOADING", "Exception", "io.mainstay");
    }
}
