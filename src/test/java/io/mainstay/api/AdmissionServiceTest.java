package io.mainstay.api;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unique keys, limits of queues, jobs that expire. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class AdmissionServiceTest extends ApiTest {

    private final String limits = "/v1/queues/" + queue + "/limits";

    private ValidatableResponse unique(String id, String unique) {
        return enqueue("{\"handler\": \"api-test\", \"id\": \"%s\", \"unique\": %s}".formatted(id, unique));
    }

    private static void assertRefused(ValidatableResponse answer, int status, String slug, String field) {
        assertProblem(answer.body("field", equalTo(field)), status, slug);
    }

    @Test
    void shorthandKeepsTheJobThatIsThere() {
        String job = "{\"handler\": \"api-test\", \"uniqueKey\": \"order:17\"}";
        String id = enqueue(job).statusCode(201).extract().path("id");

        enqueue(job)
                .statusCode(200)
                .body("id", equalTo(id))
                .body("unique.key", equalTo("order:17"))
                .body("unique.until", equalTo("end"))
                .body("unique.onConflict", equalTo("keep"));
    }

    @Test
    void rejectTellsWhoHoldsTheKey() {
        unique("a", "{\"key\": \"k\", \"until\": \"PT10M\"}").statusCode(201).body("unique.until", equalTo("PT10M"));

        ValidatableResponse refused = unique("b", "{\"key\": \"k\", \"onConflict\": \"reject\"}");
        refused.body("job", equalTo("a")).body("state", equalTo("ready"));
        assertProblem(refused, 409, "unique-conflict");
    }

    @Test
    void replaceCancelsTheOneThatWaits() {
        String replacing = "{\"key\": \"k\", \"until\": \"start\", \"onConflict\": \"replace\"}";
        unique("a", replacing).statusCode(201);

        unique("b", replacing).statusCode(201);
        RestAssured.get(jobPath("a"))
                .then()
                .body("state", equalTo("cancelled"))
                .body("errors.type", contains("replaced"));
    }

    @Test
    void deadJobIsNotRequeuedWhileAnotherHoldsItsKey() {
        unique("a", "{\"key\": \"k\"}").statusCode(201);
        run(ApiTest::death);
        unique("b", "{\"key\": \"k\"}").statusCode(201);

        assertProblem(RestAssured.post(jobPath("a") + "/requeue").then(), 409, "unique-conflict");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"uniqueKey\": \"\";422;invalid-value;uniqueKey",
                "\"uniqueKey\": \"a b\";422;invalid-value;uniqueKey",
                "\"uniqueKey\": 1;400;wrong-type;uniqueKey",
                "\"uniqueKey\": \"a\", \"unique\": {\"key\": \"a\"};422;invalid-value;uniqueKey",
                "\"unique\": {};422;invalid-value;unique.key",
                "\"unique\": {\"key\": \"a\", \"until\": \"soon\"};422;invalid-value;unique.until",
                "\"unique\": {\"key\": \"a\", \"until\": \"PT0S\"};422;invalid-value;unique.until",
                "\"unique\": {\"key\": \"a\", \"until\": \"P367D\"};422;invalid-value;unique.until",
                "\"unique\": {\"key\": \"a\", \"onConflict\": \"fight\"};400;unknown-value;unique.onConflict",
                "\"unique\": {\"key\": \"a\", \"for\": \"ever\"};400;unknown-field;unique.for",
                "\"expiresIn\": \"PT0S\";422;invalid-value;expiresIn",
                "\"expiresIn\": \"-PT1S\";422;invalid-value;expiresIn",
                "\"expiresIn\": \"P367D\";422;invalid-value;expiresIn",
                "\"expiresIn\": \"soon\";422;invalid-value;expiresIn",
                "\"within\": \"PT0S\";422;invalid-value;within",
                "\"within\": \"-PT1S\";422;invalid-value;within",
                "\"within\": \"P367D\";422;invalid-value;within",
                "\"within\": \"PT1M\", \"delay\": \"PT1M\";422;invalid-value;within",
                "\"deadline\": \"soon\";422;invalid-value;deadline",
                "\"deadline\": \"1969-12-31T23:59:59Z\";422;invalid-value;deadline",
                "\"deadline\": \"2999-01-01T00:00:00Z\";422;invalid-value;deadline",
                "\"deadline\": \"2026-01-01T00:00:00Z\", \"within\": \"PT1M\";422;invalid-value;deadline",
                "\"deadline\": \"2026-01-01T00:00:00Z\", \"runAt\": \"2026-01-01T00:00:00Z\";422;invalid-value;deadline",
            })
    void whatIsOutOfItsBoundsIsRefused(String member, int status, String slug, String field) {
        assertRefused(enqueue("{\"handler\": \"api-test\", %s}".formatted(member)), status, slug, field);
    }

    @Test
    void fullQueueSaysSoAndWhenToComeBack() {
        json("{\"maxWaiting\": 1}").put(limits).then().statusCode(200).body("maxWaiting", equalTo(1));
        enqueued();

        ValidatableResponse full = enqueue("{\"handler\": \"api-test\"}");
        full.header("Retry-After", "2").body("limit", equalTo(1));
        assertProblem(full, 429, "queue-full");
        json("[{\"handler\": \"api-test\"}, {\"handler\": \"api-test\"}]")
                .post("/v1/queues/" + queue + "/jobs/bulk")
                .then()
                .statusCode(200)
                .body("results.status", contains(429, 429));

        json("{\"maxWaiting\": null}").put(limits).then().statusCode(200).body("maxWaiting", not(equalTo(1)));
        enqueued();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"maxWaiting\": -1};422;invalid-value;maxWaiting",
                "{\"maxWaiting\": 1000000001};422;invalid-value;maxWaiting",
                "{\"maxWaiting\": \"1\"};400;wrong-type;maxWaiting",
                "{\"maxBytes\": 1};400;unknown-field;maxBytes",
            })
    void limitOutOfItsBoundsIsRefused(String body, int status, String slug, String field) {
        assertRefused(json(body).put(limits).then(), status, slug, field);
    }

    @Test
    void jobThatDoesNotSayWhenItExpiresDoesByTheDefault() {
        enqueue("{\"handler\": \"api-test\"}").statusCode(201).body("expiresIn", equalTo("PT7200H"));
        enqueue("{\"handler\": \"api-test\", \"expiresIn\": \"PT1H\"}")
                .statusCode(201)
                .body("expiresIn", equalTo("PT1H"));
    }

    @Test
    void deadlineIsShown() {
        enqueue("{\"handler\": \"api-test\", \"deadline\": \"2020-01-01T00:00:00Z\"}")
                .statusCode(201)
                .body("deadline", equalTo("2020-01-01T00:00:00.000Z"));
        enqueue("{\"handler\": \"api-test\", \"within\": \"PT1H\"}")
                .statusCode(201)
                .body("within", equalTo("PT1H"))
                .body("deadline", notNullValue());
    }

    @Test
    void jobThatMissedItsDeadlineIsExplained() {
        String id = enqueue("{\"handler\": \"api-test\", \"deadline\": \"2020-01-01T00:00:00Z\"}")
                .extract()
                .path("id");

        RestAssured.get(jobPath(id) + "/explain")
                .then()
                .body("reason", equalTo("deadline-passed"))
                .body("detail", containsString("2020-01-01T00:00:00.000Z"));
    }

    @Test
    void jobThatExpiredIsExplained() {
        String id = enqueue("{\"handler\": \"api-test\", \"expiresIn\": \"PT0.001S\"}")
                .statusCode(201)
                .body("expiresIn", equalTo("PT0.001S"))
                .extract()
                .path("id");

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> RestAssured.get(jobPath(id) + "/explain")
                .then()
                .body("reason", equalTo("expired"))
                .body("detail", containsString("did not start before it expired")));
    }
}
