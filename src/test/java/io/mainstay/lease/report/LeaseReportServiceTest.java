package io.mainstay.lease.report;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.job.JobId;
import io.mainstay.lease.LeaseApiTest;
import io.mainstay.queue.CallbackTokens;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.access.CallerByHeader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reports of workers elsewhere. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class LeaseReportServiceTest extends LeaseApiTest {

    @Inject
    CallbackTokens callbacks;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "success | {\"result\": {\"n\": 1.50}} | succeeded",
                "success | | succeeded",
                "retry | {\"error\": {\"type\": \"busy\", \"message\": \"later\"}, \"delay\": \"PT1H\"} | scheduled",
                "retry | | scheduled",
                "fail | {\"error\": {\"type\": \"bad\", \"stack\": \"at x\"}} | dead",
                "fail | | dead",
                "snooze | {\"delay\": \"PT1H\"} | scheduled",
                "release | | ready",
                "release | {} | ready",
            })
    void aReportIsAppliedAndItsRepeatAnsweredAlike(String verb, String body, String state) {
        Held held = held();

        for (int sending = 0; sending < 2; sending++) {
            call(held.token(), verb, body == null ? "" : body).statusCode(200).body("state", equalTo(state));
        }

        boolean counted = !verb.equals("snooze") && !verb.equals("release");
        job(held.id()).body("state", equalTo(state)).body("attempt", equalTo(counted ? 1 : 0));
    }

    @Test
    void aResultIsKeptAsItCame() {
        Held held = held();
        call(held.token(), "success", "{\"result\": {\"n\": 1.50, \"big\": 9007199254740993, \"ü\": \"😀\\u00e9\"}}")
                .statusCode(200);

        assertThat(job(held.id()).extract().asString())
                .contains("{\"n\": 1.50, \"big\": 9007199254740993, \"ü\": \"😀\\u00e9\"}");
    }

    @Test
    void anErrorNamesTheWorker() {
        Held held = held();
        call(held.token(), "fail", "{\"error\": {\"type\": \"no-stock\", \"message\": \"none left\"}}")
                .statusCode(200);

        job(held.id()).body("errors[0].type", equalTo("no-stock")).body("errors[0].message", equalTo("none left"));
        given().get(jobPath(held.id()) + "/attempts").then().body("attempts[0].worker", equalTo("img-7f9c"));
    }

    @Test
    void aStackIsKeptUpToItsBound() {
        Held held = held();
        call(
                        held.token(),
                        "retry",
                        "{\"error\": {\"type\": \"no-stock\", \"stack\": \"at x%s\"}}".formatted("y".repeat(5000)))
                .statusCode(200);

        String stack = given().get(jobPath(held.id()) + "/attempts").path("attempts[0].error.stack");
        assertThat(stack).startsWith("at xy").hasSize(4096);
        job(held.id()).body("errors[0].stack", nullValue());
    }

    @Test
    void manyAreAnsweredInTheirOrderAndABadOneTouchesNoOther() {
        List<Held> all = IntStream.range(0, 20).mapToObj(n -> held()).toList();
        String reports = all.stream()
                .map(held -> "{\"token\": \"%s\", \"outcome\": \"%s\"}"
                        .formatted(held.token(), held == all.get(7) ? "succeed" : "success"))
                .collect(Collectors.joining(", "));

        ValidatableResponse answer = report(reports);

        answer.body("reports", hasSize(20))
                .body("reports.token[19]", equalTo(all.get(19).token()))
                .body("reports.findAll { it.status == 'applied' && it.state == 'succeeded' }", hasSize(19))
                .body("reports[7].status", equalTo("invalid"))
                .body("reports[7].problem.field", equalTo("outcome"));
        job(all.get(7).id()).body("state", equalTo("running"));
        job(all.get(8).id()).body("state", equalTo("succeeded"));
    }

    @Test
    void oneAfterAnotherReportIsLate() {
        Held held = held();
        call(held.token(), "success", "").statusCode(200);

        for (String verb : List.of("fail", "retry", "release")) {
            assertProblem(call(held.token(), verb, ""), 409, "lease-lost");
        }
        report("{\"token\": \"%s\", \"outcome\": \"fail\"}".formatted(held.token()))
                .body("reports.status", contains("lost"));
        job(held.id()).body("state", equalTo("succeeded"));
    }

    @Test
    void aReportOnAnEarlierClaimIsLate() {
        Held first = held();
        call(first.token(), "retry", "{\"delay\": \"PT0S\"}").statusCode(200);
        Held second = heldNext();

        assertProblem(call(first.token(), "success", ""), 409, "lease-lost");
        call(second.token(), "success", "").statusCode(200);
    }

    @Test
    void aReportAfterACancelOrARequeueOrADeletionIsLate() {
        Held held = held();
        given().delete(jobPath(held.id())).then().statusCode(200);
        assertProblem(call(held.token(), "success", ""), 409, "lease-lost");

        given().post(jobPath(held.id()) + "/requeue").then().statusCode(200);
        assertProblem(call(held.token(), "success", ""), 409, "lease-lost");
        job(held.id()).body("state", equalTo("ready"));

        given().delete("/v1/queues/" + queue + "?force=true").then().statusCode(200);
        assertProblem(call(held.token(), "success", ""), 409, "lease-lost");
        given().get(jobPath(held.id())).then().statusCode(404);
    }

    @Test
    void aTokenThatIsTornOrForSomethingElseChangesNothing() {
        Held held = held();
        String token = held.token();
        String callback =
                callbacks.tokenFor(queue, new JobId(held.id()), 1).await().atMost(Duration.ofSeconds(30));

        for (String none : List.of(
                token.substring(0, token.length() - 1),
                "x" + token,
                held.id(),
                callback,
                "ls_" + callback.substring(3),
                "ls_" + "A".repeat(3000))) {
            assertProblem(call(none, "success", ""), 404, "not-found");
            report("{\"token\": \"%s\", \"outcome\": \"success\"}".formatted(none))
                    .body("reports[0].status", equalTo("invalid"))
                    .body("reports[0].problem.type", endsWith(":invalid-token"));
        }
        assertProblem(
                given().noContentType()
                        .post("/v1/callbacks/" + token + "/success")
                        .then(),
                404,
                "not-found");
        assertProblem(
                given().noContentType()
                        .post("/v1/callbacks/cb_" + token.substring(3) + "/success")
                        .then(),
                404,
                "not-found");
        assertProblem(call(token, "cancel", ""), 404, "not-found");
        job(held.id()).body("state", equalTo("running"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry | [] | 400 | wrong-type",
                "retry | {\"results\": 1} | 400 | unknown-field",
                "retry | {\"token\": \"x\"} | 400 | unknown-field",
                "retry | { | 400 | malformed-json",
                "retry | {\"delay\": \"P31D\"} | 422 | invalid-value",
                "snooze | {} | 422 | invalid-value",
                "snooze | {\"delay\": \"-PT1S\"} | 422 | invalid-value",
                "success | {\"error\": {}} | 422 | invalid-value",
                "release | {\"delay\": \"PT1S\"} | 422 | invalid-value",
            })
    void aBodyThatIsBadChangesNothing(String verb, String body, int status, String slug) {
        Held held = held();

        assertProblem(call(held.token(), verb, body), status, slug);
        job(held.id()).body("state", equalTo("running"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | invalid-value",
                "{\"reports\": null} | 422 | invalid-value",
                "{\"reports\": []} | 422 | invalid-value",
                "{\"reports\": {}} | 400 | wrong-type",
                "{\"reports\": [], \"worker\": \"x\"} | 400 | unknown-field",
                "{\"reports\": [{\"a\": 1, \"a\": 2}]} | 400 | malformed-json",
            })
    void aRequestThatIsBadIsRefused(String body, int status, String slug) {
        assertProblem(json(body).post("/v1/leases/report").then(), status, slug);
    }

    @Test
    void noMoreReportsThanMayBe() {
        String reports = IntStream.range(0, 201).mapToObj(n -> "{}").collect(Collectors.joining(", "));

        assertProblem(
                json("{\"reports\": [" + reports + "]}")
                        .post("/v1/leases/report")
                        .then(),
                422,
                "invalid-value");
    }

    @Test
    void aResultThatIsTooLargeLeavesTheLeaseToReportAgain() {
        Held held = held();
        String large = "{\"result\": \"%s\"}".formatted("x".repeat(2000));

        assertProblem(call(held.token(), "success", large), 413, "payload-too-large");
        call(held.token(), "fail", "{\"error\": {\"type\": \"result-too-large\"}}")
                .statusCode(200);
    }

    @Test
    void callersReportOnTheirQueuesOnly() {
        Held held = held();
        String one = "{\"reports\": [{\"token\": \"%s\", \"outcome\": \"success\"}]}".formatted(held.token());

        json(one)
                .header(CallerByHeader.HEADER, "worker other")
                .post("/v1/leases/report")
                .then()
                .statusCode(200)
                .body("reports[0].status", equalTo("invalid"))
                .body("reports[0].problem.missing", equalTo("queue"));
        given().noContentType()
                .header(CallerByHeader.HEADER, "worker other")
                .post("/v1/leases/" + held.token() + "/success")
                .then()
                .statusCode(403)
                .body("missing", equalTo("queue"));
        given().noContentType()
                .header(CallerByHeader.HEADER, "operator " + queue)
                .post("/v1/leases/" + held.token() + "/success")
                .then()
                .statusCode(403)
                .body("missing", equalTo("role"));
        job(held.id()).body("state", equalTo("running"));
        given().noContentType()
                .header(CallerByHeader.HEADER, "worker " + queue)
                .post("/v1/leases/" + held.token() + "/success")
                .then()
                .statusCode(200);
    }

    private static ValidatableResponse report(String reports) {
        return json("{\"reports\": [" + reports + "]}")
                .post("/v1/leases/report")
                .then()
                .statusCode(200);
    }
}
