package io.mainstay.lease.claim;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.mainstay.rest.RawHttp;
import io.mainstay.rest.access.CallerByHeader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs for workers that are elsewhere. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class LeaseServiceTest extends ApiTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Inject
    Waiters waiters;

    @Test
    void aJobThatIsThereIsLeased() {
        String id = enqueue("{\"handler\": \"api-test\", \"payload\": {\"n\": 9007199254740993}}")
                .extract()
                .path("id");

        Response answer = lease("\"max\": 10");

        answer.then()
                .statusCode(200)
                .body("drain", equalTo(false))
                .body("reports", nullValue())
                .body("jobs", hasSize(1))
                .body("jobs[0].id", equalTo(id))
                .body("jobs[0].state", equalTo("running"))
                .body("jobs[0].attempt", equalTo(1))
                .body("jobs[0].lease.token", startsWith("ls_"))
                .body("jobs[0].lease.fence", equalTo(1));
        assertThat(answer.asString()).contains("{\"n\": 9007199254740993}");
        int remaining = answer.path("jobs[0].lease.remaining");
        assertThat(remaining).isBetween(20_000, 30_000);
        given().get(jobPath(id)).then().body("state", equalTo("running"));
        given().get(jobPath(id) + "/attempts").then().body("attempts[0].worker", equalTo("img-7f9c"));
    }

    @Test
    void nothingIsDue() {
        lease("\"max\": 10").then().statusCode(200).body("jobs", empty()).body("drain", equalTo(false));
        enqueued();
        lease("\"handlers\": [\"elsewhere\"]").then().body("jobs", empty());
    }

    @Test
    void noMoreThanAskedForAreLeasedOfAllQueues() {
        for (int i = 0; i < 3; i++) {
            enqueued();
        }

        lease("\"max\": 2").then().body("jobs", hasSize(2));
        lease("\"max\": 2").then().body("jobs", hasSize(1));
        lease("\"max\": 2").then().body("jobs", empty());
    }

    @Test
    void aLeaseIsPromisedNoLongerThanItsJobMayRun() {
        enqueue("{\"handler\": \"api-test\", \"timeout\": \"PT2S\"}");

        Response answer = lease("\"lease\": \"PT1H\"");

        int remaining = answer.path("jobs[0].lease.remaining");
        assertThat(remaining).isBetween(1, 2000);
        Instant startedAt = Instant.parse(answer.path("jobs[0].startedAt"));
        Instant until = Instant.parse(answer.path("jobs[0].lease.until"));
        assertThat(Duration.between(startedAt, until)).isEqualTo(Duration.ofSeconds(2));
        // It ends then, though the lease was asked for an hour and nothing was heard of its worker.
        String id = answer.path("jobs[0].id");
        Awaitility.await().atMost(SOON).untilAsserted(() -> given().get(jobPath(id))
                .then()
                .body("state", equalTo("scheduled"))
                .body("errors[0].type", equalTo("timeout")));
    }

    @Test
    void aWaitEndsWithTheJobThatComes() throws Exception {
        var answer = waiting("\"max\": 5", 30);
        String id = enqueued();

        answer.get(30, TimeUnit.SECONDS)
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=30")
                .body("jobs.id", equalTo(List.of(id)));
    }

    @Test
    void aWaitIsCutToTheLongest() throws Exception {
        var answer = waiting("\"max\": 5", 9999);
        enqueued();

        answer.get(30, TimeUnit.SECONDS).then().header("Preference-Applied", "wait=50");
    }

    @Test
    void aWaitEndsWhenItSaid() {
        long start = System.nanoTime();

        given().header("Prefer", "wait=1")
                .contentType("application/json")
                .body(body(""))
                .post("/v1/leases")
                .then()
                .statusCode(200)
                .header("Preference-Applied", "wait=1")
                .body("jobs", empty());

        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(1));
    }

    @Test
    void whoeverGoesAwayWhileItWaitsGetsNothing() throws IOException {
        try (RawHttp http = new RawHttp(RestAssured.port)) {
            send(http, body(""), "Prefer: wait=50\n");
            Awaitility.await().atMost(SOON).until(() -> waiters.count() > 0);
        }
        Awaitility.await().atMost(SOON).until(() -> waiters.count() == 0);
        String id = enqueued();

        given().get(jobPath(id)).then().body("state", equalTo("ready")).body("attempt", equalTo(0));
    }

    @Test
    void aRepeatWithItsKeyGetsTheSameLeases() {
        for (int i = 0; i < 4; i++) {
            enqueued();
        }
        List<String> first = keyed("k1", "\"max\": 2").then().extract().path("jobs.id");
        assertThat(first).hasSize(2);

        keyed("k1", "\"max\": 2").then().body("jobs.id", equalTo(first)).body("jobs.attempt", equalTo(List.of(1, 1)));
        List<String> other = keyed("k2", "\"max\": 2").then().extract().path("jobs.id");
        assertThat(other).doesNotContainAnyElementsOf(first).hasSize(2);
        assertProblem(keyed("k1", "\"max\": 3").then().body("field", equalTo("Idempotency-Key")), 422, "invalid-value");
    }

    @Test
    void reportsAreAppliedFirst() {
        String id = enqueued();
        String token = lease("\"max\": 1").path("jobs[0].lease.token");

        lease("\"reports\": [{\"token\": \"" + token + "\", \"outcome\": \"success\"}, {\"token\": \"ls_x\"}]")
                .then()
                .statusCode(200)
                .body("reports", hasSize(2))
                .body("reports[0].status", equalTo("applied"))
                .body("reports[0].state", equalTo("succeeded"))
                .body("reports[1].status", equalTo("invalid"))
                .body("reports[1].problem", notNullValue())
                .body("jobs", empty());
        given().get(jobPath(id)).then().body("state", equalTo("succeeded"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"worker\": null | 422 | worker",
                "\"worker\": \"a b\" | 422 | worker",
                "\"queues\": [] | 422 | queues",
                "\"queues\": [\"a\", \"a\"] | 422 | queues",
                "\"queues\": [\"A\"] | 422 | queues.0",
                "\"queues\": [\"mainstay.canary.x\"] | 422 | queues",
                "\"handlers\": [] | 422 | handlers",
                "\"handlers\": [\"http\"] | 422 | handlers",
                "\"handlers\": [\"ok\", \"a b\"] | 422 | handlers.1",
                "\"max\": 0 | 422 | max",
                "\"max\": 1001 | 422 | max",
                "\"max\": \"1\" | 400 | max",
                "\"lease\": \"PT0.9S\" | 422 | lease",
                "\"lease\": \"PT12H1S\" | 422 | lease",
                "\"lease\": 30 | 400 | lease",
                "\"concurrency\": 0 | 422 | concurrency",
                "\"reports\": {} | 400 | reports",
                "\"wait\": 5 | 400 | wait",
            })
    void aBadRequestClaimsNothing(String field, int status, String name) {
        String id = enqueued();
        Response answer = lease(field);

        assertThat(answer.statusCode()).isEqualTo(status);
        answer.then().body("field", equalTo(name));
        given().get(jobPath(id)).then().body("attempt", equalTo(0));
    }

    @Test
    void aWorkerNeedsItsRoleAndAllItsQueues() {
        enqueued();
        assertProblem(
                as("producer *").body(body("")).post("/v1/leases").then().body("missing", equalTo("role")),
                403,
                "forbidden");
        assertProblem(
                as("worker " + queue)
                        .body(body("\"queues\": [\"" + queue + "\", \"other\"]"))
                        .post("/v1/leases")
                        .then()
                        .body("missing", equalTo("queue")),
                403,
                "forbidden");
        as("worker " + queue)
                .body(body(""))
                .post("/v1/leases")
                .then()
                .statusCode(200)
                // Whoever runs a job sees its payload.
                .body("jobs[0].redacted", nullValue());
    }

    private static RequestSpecification as(String caller) {
        return given().contentType("application/json").header(CallerByHeader.HEADER, caller);
    }

    private Response lease(String field) {
        return json(body(field)).post("/v1/leases");
    }

    private Response keyed(String key, String field) {
        return json(body(field)).header("Idempotency-Key", key).post("/v1/leases");
    }

    private CompletableFuture<Response> waiting(String field, int seconds) {
        int before = waiters.count();
        var answer = CompletableFuture.supplyAsync(
                () -> json(body(field)).header("Prefer", "wait=" + seconds).post("/v1/leases"));
        Awaitility.await().atMost(SOON).until(() -> waiters.count() > before);
        return answer;
    }

    private static void send(RawHttp http, String body, String headers) throws IOException {
        http.send("POST /v1/leases HTTP/1.1\nHost: localhost\nContent-Type: application/json\n" + headers
                + "Content-Length: " + body.length() + "\n\n" + body);
    }

    /** @param field in place of the usual one of that name */
    private String body(String field) {
        StringBuilder body = new StringBuilder("{");
        List.of("\"worker\": \"img-7f9c\"", "\"queues\": [\"" + queue + "\"]", "\"handlers\": [\"api-test\"]").stream()
                .filter(usual -> field.isEmpty() || !field.startsWith(usual.substring(0, usual.indexOf(':'))))
                .forEach(usual -> body.append(usual).append(", "));
        return field.isEmpty()
                ? body.substring(0, body.length() - 2) + "}"
                : body.append(field).append("}").toString();
    }
}
