package io.mainstay.lease.extend;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.lease.LeaseApiTest;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.access.CallerByHeader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Leases that are extended, and news of them. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class LeaseExtendServiceTest extends LeaseApiTest {

    @Inject
    ExtendWaits waits;

    @Test
    void oneIsExtended() {
        Held held = held();

        call(held.token(), "extend", "")
                .statusCode(200)
                .body("status", equalTo("held"))
                .body("token", nullValue())
                .body("remaining", greaterThan(20_000));
        call(held.token(), "extend", "{\"lease\": \"PT2M\", \"progress\": {\"percent\": 40}, \"log\": [\"one\"]}")
                .statusCode(200)
                .body("remaining", greaterThan(60_000));
        job(held.id()).body("progress.percent", equalTo(40));
        given().get(jobPath(held.id()) + "/log").then().body("lines.text", contains("one"));
    }

    @Test
    void noneLastsLongerThanTheTimeoutOfItsJob() {
        Held held = held("\"timeout\": \"PT5S\"");

        int remaining = call(held.token(), "extend", "{\"lease\": \"PT12H\"}")
                .statusCode(200)
                .extract()
                .path("remaining");
        assertThat(remaining).isBetween(0, 5000);
    }

    @Test
    void eachIsAnsweredByItself() {
        Held held = held();
        Held done = held();
        Held cancelled = held();
        call(done.token(), "success", "").statusCode(200);
        given().delete(jobPath(cancelled.id())).then().statusCode(200);

        extend(given(), held, done, cancelled, new Held("", "ls_none"))
                .body("drain", equalTo(false))
                .body("leases.status", contains("held", "lost", "cancelled", "invalid"))
                .body("leases[0].token", equalTo(held.token()))
                .body("leases[1].until", nullValue());
        assertProblem(call(done.token(), "extend", ""), 409, "lease-lost");
        assertProblem(call(cancelled.token(), "extend", ""), 409, "lease-lost");
        assertProblem(call("ls_none", "extend", ""), 404, "not-found");
    }

    @Test
    void anAttemptWhoseTimeIsOverIsEndedWhileItsWorkerWaits() {
        Held held = held("\"timeout\": \"PT0.5S\"");

        extend(given().header("Prefer", "wait=20"), held).body("leases.status", contains("timed-out"));

        job(held.id()).body("state", equalTo("scheduled")).body("errors[0].type", equalTo("timeout"));
        assertProblem(call(held.token(), "success", ""), 409, "lease-lost");
    }

    /** Its worker is not heard of again. */
    @Test
    void anAttemptWhoseLeaseWouldLastForLongerEndsByItsTimeout() {
        Held held = held("\"timeout\": \"PT2S\"");
        call(held.token(), "extend", "").statusCode(200);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> job(held.id()).body("state", equalTo("scheduled")));

        job(held.id()).body("errors[0].type", equalTo("timeout"));
    }

    /** Some waits fall where less than a millisecond is left, for which no timer can be set. */
    @Test
    void waitsForTimesThatAreOverSoonAreAllAnswered() {
        for (int millis = 1; millis <= 20; millis++) {
            Held held = held("\"timeout\": \"PT0.0%02dS\"".formatted(millis));
            // A clock that is counted on may be a millisecond behind.
            extend(given().header("Prefer", "wait=20"), held)
                    .body("leases.status", anyOf(contains("timed-out"), contains("held")));
        }
    }

    @Test
    void aCancelIsToldWhileTheWorkerWaits() throws Exception {
        Held held = held();
        CompletableFuture<ValidatableResponse> answer =
                CompletableFuture.supplyAsync(() -> extend(given().header("Prefer", "wait=14"), held));
        awaitOpen();

        long before = System.nanoTime();
        given().delete(jobPath(held.id())).then().statusCode(200);

        answer.get(30, TimeUnit.SECONDS).body("leases.status", contains("cancelled"));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 422 | invalid-value",
                "{\"leases\": []} | 422 | invalid-value",
                "{\"leases\": [], \"leaving\": true} | 422 | invalid-value",
                "{\"leaving\": 1, \"worker\": \"w\"} | 400 | wrong-type",
                "{\"leases\": [{}], \"worker\": \"a b\"} | 422 | invalid-value",
                "{\"leases\": [{}], \"reports\": []} | 400 | unknown-field",
                "{\"leases\": 1} | 400 | wrong-type",
            })
    void aRequestThatIsBadIsRefused(String body, int status, String slug) {
        assertProblem(json(body).post("/v1/leases/extend").then(), status, slug);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"lease\": \"PT0.5S\"} | 422 | invalid-value",
                "{\"lease\": \"PT13H\"} | 422 | invalid-value",
                "{\"token\": \"x\"} | 400 | unknown-field",
                "{\"progress\": {\"percent\": -1}} | 422 | invalid-value",
            })
    void aBodyThatIsBadIsRefused(String body, int status, String slug) {
        assertProblem(call(held().token(), "extend", body), status, slug);
    }

    @Test
    void aWorkerThatLeavesNeedsNoLeases() {
        for (String leases : List.of("", ", \"leases\": []")) {
            json("{\"worker\": \"img-leaves\", \"leaving\": true" + leases + "}")
                    .header("Prefer", "wait=20")
                    .post("/v1/leases/extend")
                    .then()
                    .statusCode(200)
                    .body("leases", hasSize(0))
                    .body("drain", equalTo(false));
        }
    }

    @Test
    void callersExtendOnTheirQueuesOnly() {
        Held held = held();

        given().noContentType()
                .header(CallerByHeader.HEADER, "worker other")
                .post("/v1/leases/" + held.token() + "/extend")
                .then()
                .statusCode(403)
                .body("missing", equalTo("queue"));
        extend(given().header(CallerByHeader.HEADER, "worker other"), held)
                .body("leases.status", contains("invalid"))
                .body("leases[0].problem.missing", equalTo("queue"));
    }

    private void awaitOpen() {
        await().atMost(Duration.ofSeconds(20)).until(() -> waits.open() > 0);
    }

    private static ValidatableResponse extend(RequestSpecification request, Held... leases) {
        List<String> entries = Arrays.stream(leases)
                .map(held -> "{\"token\": \"" + held.token() + "\"}")
                .toList();
        return request.contentType("application/json")
                .body("{\"leases\": [" + entries.stream().collect(Collectors.joining(", ")) + "]}")
                .post("/v1/leases/extend")
                .then()
                .statusCode(200);
    }
}
