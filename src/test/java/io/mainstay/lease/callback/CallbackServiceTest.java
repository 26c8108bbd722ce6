package io.mainstay.lease.callback;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.mainstay.job.JobId;
import io.mainstay.job.Lease;
import io.mainstay.queue.CallbackTokens;
import io.mainstay.queue.Settlement;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.mainstay.rest.RawHttp;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports by those who were handed a job. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class CallbackServiceTest extends ApiTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    CallbackTokens tokens;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "success | {\"result\": {\"n\": 1.50}} | succeeded",
                "success | | succeeded",
                "retry | {\"error\": {\"type\": \"busy\", \"message\": \"later\"}, \"delay\": \"PT1H\"} | scheduled",
                "retry | | scheduled",
                "fail | {\"error\": {\"type\": \"bad\"}} | dead",
                "snooze | {\"delay\": \"PT1H\"} | scheduled",
                "extend | | running",
            })
    void aReportIsAppliedAndItsRepeatAnsweredAlike(String verb, String body, String state) {
        String id = pending();
        String token = token(id, 1);

        for (int sending = 0; sending < 2; sending++) {
            report(token, verb, body == null ? "" : body).statusCode(200).body("state", equalTo(state));
        }

        given().get(jobPath(id))
                .then()
                .body("state", equalTo(state))
                .body("attempt", equalTo(verb.equals("snooze") ? 0 : 1));
    }

    @Test
    void aResultIsKeptAsItCame() {
        String id = pending();

        report(token(id, 1), "success", "{\"result\": {\"n\": 1.50, \"big\": 9007199254740993}}")
                .statusCode(200);

        String job = given().get(jobPath(id)).then().extract().asString();
        assertThat(job).contains("{\"n\": 1.50, \"big\": 9007199254740993}");
    }

    @Test
    void anErrorIsShown() {
        String id = pending();

        report(token(id, 1), "fail", "{\"error\": {\"type\": \"no-stock\", \"message\": \"none left\"}}")
                .statusCode(200);

        given().get(jobPath(id))
                .then()
                .body("errors", hasSize(1))
                .body("errors[0].type", equalTo("no-stock"))
                .body("errors[0].message", equalTo("none left"));
    }

    @Test
    void anotherReportAfterTheFirstIsLate() {
        String id = pending();
        report(token(id, 1), "success", "").statusCode(200);

        for (String verb : List.of("fail", "retry", "snooze", "extend")) {
            assertProblem(report(token(id, 1), verb, ""), 409, "lease-lost");
        }
        given().get(jobPath(id)).then().body("state", equalTo("succeeded"));
    }

    @Test
    void aReportOnAnEarlierClaimIsLate() {
        String id = enqueued();
        Lease first = claim();
        leases.settle(queue, List.of(new Settlement.Fail(first, "test", "again", Optional.of(Duration.ZERO))))
                .await()
                .atMost(SOON);
        claim();

        assertProblem(report(token(id, 1), "success", ""), 409, "lease-lost");
        report(token(id, 2), "success", "").statusCode(200);
    }

    @Test
    void aReportAfterACancelOrARequeueIsLate() {
        String id = pending();
        given().delete(jobPath(id)).then().statusCode(200);
        assertProblem(report(token(id, 1), "success", ""), 409, "lease-lost");

        given().post(jobPath(id) + "/requeue").then().statusCode(200);
        assertProblem(report(token(id, 1), "success", ""), 409, "lease-lost");
        given().get(jobPath(id)).then().body("state", equalTo("ready"));
    }

    @Test
    void aTokenThatIsTornOrOfNoJobChangesNothing() {
        String id = pending();
        String token = token(id, 1);

        assertProblem(report(token.substring(0, token.length() - 1), "success", ""), 404, "not-found");
        assertProblem(report("x" + token, "success", ""), 404, "not-found");
        assertProblem(report(id, "success", ""), 404, "not-found");
        assertProblem(report(token("none", 1), "success", ""), 409, "lease-lost");
        assertProblem(report(token, "cancel", ""), 404, "not-found");
        given().get(jobPath(id)).then().body("state", equalTo("running"));
    }

    @Test
    void withoutATokenNoBodyIsRead() throws IOException {
        try (var http = new RawHttp(RestAssured.port)) {
            http.send("POST /v1/callbacks/none/success HTTP/1.1\nHost: localhost\nContent-Length: 8000\n\n{")
                    .read()
                    .problem(404, "not-found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[] | 400 | wrong-type",
                "{\"results\": 1} | 400 | unknown-field",
                "{ | 400 | malformed-json",
                "{\"delay\": \"P31D\"} | 422 | invalid-value",
                "{\"delay\": \"soon\"} | 422 | invalid-value",
                "{\"error\": {\"type\": \"\"}} | 422 | invalid-value",
            })
    void aBodyThatCannotBeReadChangesNothing(String body, int status, String slug) {
        String id = pending();

        assertProblem(report(token(id, 1), "retry", body), status, slug);
        given().get(jobPath(id)).then().body("state", equalTo("running"));
    }

    @Test
    void aResultOrBodyThatIsTooLargeIsRefused() {
        String id = pending();
        String large = "{\"result\": \"%s\"}";

        assertProblem(report(token(id, 1), "success", large.formatted("x".repeat(2000))), 413, "payload-too-large");
        assertProblem(report(token(id, 1), "success", large.formatted("x".repeat(20_000))), 413, "body-too-large");
        given().get(jobPath(id)).then().body("state", equalTo("running"));
    }

    @Test
    void jobsMayAskForCallbacksAndTheStatusOfEarlierAttempts() {
        enqueue(
                        "{\"http\": {\"url\": \"http://localhost/\", \"callback\": true, \"statusUrl\": \"http://localhost/s\"}}")
                .statusCode(201);
        enqueue("{\"http\": {\"url\": \"http://localhost/\", \"statusUrl\": \"http://other.example/\"}}")
                .statusCode(422)
                .body("detail", containsString("http.statusUrl"));
        enqueue("{\"http\": {\"url\": \"http://localhost/\", \"callback\": \"yes\"}}")
                .statusCode(422);
    }

    /** A job that somebody was handed. */
    private String pending() {
        String id = enqueued();
        Lease lease = claim();
        leases.settle(
                        queue,
                        List.of(new Settlement.Pend(lease, Duration.ofMinutes(5), Optional.of(Duration.ofMinutes(1)))))
                .await()
                .atMost(SOON);
        return id;
    }

    private String token(String id, long fence) {
        return tokens.tokenFor(queue, new JobId(id), fence).await().atMost(SOON);
    }

    private static ValidatableResponse report(String token, String verb, String body) {
        return json(body).post("/v1/callbacks/" + token + "/" + verb).then();
    }
}
