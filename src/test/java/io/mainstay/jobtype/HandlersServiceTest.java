package io.mainstay.jobtype;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.job.HandlerName;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handlers as callers declare and use them. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class HandlersServiceTest extends ApiTest {

    private static final String SCHEMA =
            "\"schema\": {\"type\": \"object\", \"required\": [\"to\"], \"properties\": {\"to\": {\"type\": \"string\"}}}";

    @Inject
    HandlerStore store;

    private final String handler = "t-" + UUID.randomUUID();
    private final String path = "/v1/handlers/" + handler;

    @AfterEach
    void forget() {
        given().post(path + "/resume");
        given().delete(path).then().statusCode(204);
    }

    @Test
    void declarationIsReadAsItWasPut() {
        String body =
                "{\"queue\": \"%s\", \"maxAttempts\": 3, \"backoff\": {\"type\": \"exponential\", \"initial\": \"PT2S\"},"
                        + " \"timeout\": \"PT20S\", \"hold\": {}, \"schema\": {\"const\": 1.50}}";
        put(body.formatted(queue))
                .statusCode(201)
                .header("Location", equalTo(path))
                .body("sources", hasItem("declared"));

        String shown = given().get(path)
                .then()
                .statusCode(200)
                .body("name", equalTo(handler))
                .body("queue", equalTo(queue.value()))
                .body("maxAttempts", equalTo(3))
                .body("backoff.initial", equalTo("PT2S"))
                .body("backoff.max", equalTo("PT1H"))
                .body("timeout", equalTo("PT20S"))
                .body("hold.after", equalTo(10))
                .body("hold.window", equalTo("PT5M"))
                .body("held", nullValue())
                .extract()
                .asString();
        assertThat(shown).contains("\"schema\":{\"const\": 1.50}");

        put(body.formatted(queue)).statusCode(200);
        put("{\"queue\": null}").statusCode(200).body("queue", nullValue()).body("hold", nullValue());
        given().delete(path).then().statusCode(204);
        assertProblem(given().get(path).then(), 404, "handler-not-found");
        given().delete(path).then().statusCode(204);
    }

    @Test
    void handlersAreListedByName() {
        put("{}").statusCode(201);

        given().get("/v1/handlers?limit=200")
                .then()
                .statusCode(200)
                .body("handlers.name", hasItem(handler))
                .body("handlers.name", hasItem("api-test"))
                .body("handlers.find { it.name == 'api-test' }.sources", hasItem("in-process"));
        String next = given().get("/v1/handlers?limit=1").then().extract().path("next");
        given().get("/v1/handlers?limit=1&cursor=" + next)
                .then()
                .statusCode(200)
                .body("handlers", hasSize(1))
                .body("handlers[0].name", not(equalTo(next)));
    }

    @Test
    void defaultsOfADeclarationAreBetweenTheRequestAndTheConfiguration() {
        put("{\"maxAttempts\": 3, \"timeout\": \"PT20S\", \"backoff\": {\"type\": \"fixed\", \"delay\": \"PT7S\"}}")
                .statusCode(201);

        enqueue("{\"handler\": \"%s\"}".formatted(handler))
                .statusCode(201)
                .body("maxAttempts", equalTo(3))
                .body("timeout", equalTo("PT20S"))
                .body("backoff.delay", equalTo("PT7S"));
        enqueue(
                        "{\"handler\": \"%s\", \"maxAttempts\": 4, \"timeout\": \"PT1S\", \"backoff\": {\"type\": \"exponential\"}}"
                                .formatted(handler))
                .statusCode(201)
                .body("maxAttempts", equalTo(4))
                .body("timeout", equalTo("PT1S"))
                .body("backoff.initial", equalTo("PT1S"));
    }

    @Test
    void jobsNeedNoQueueWhereOneIsDeclared() {
        String body = "{\"handler\": \"%s\", \"payload\": 1}".formatted(handler);
        assertProblem(json(body).post("/v1/jobs").then(), 422, "invalid-value");
        put("{}").statusCode(201);
        json(body).post("/v1/jobs").then().statusCode(422).body("field", equalTo("handler"));
        put("{\"queue\": \"%s\"}".formatted(queue)).statusCode(200);

        String id = json(body)
                .header("Idempotency-Key", "k")
                .post("/v1/jobs")
                .then()
                .statusCode(201)
                .body("queue", equalTo(queue.value()))
                .header("Location", containsString("/v1/queues/" + queue + "/jobs/"))
                .extract()
                .path("id");
        json(body)
                .header("Idempotency-Key", "k")
                .post("/v1/jobs")
                .then()
                .statusCode(200)
                .body("id", equalTo(id));
        json(body)
                .header("Idempotency-Key", "k")
                .post(jobs)
                .then()
                .statusCode(200)
                .body("id", equalTo(id));
        json(body)
                .header("Prefer", "wait=0")
                .post("/v1/jobs")
                .then()
                .statusCode(201)
                .header("Preference-Applied", notNullValue());
    }

    @Test
    void payloadsAreHeldAgainstTheSchemaWhereverTheyComeFrom() {
        put("{\"queue\": \"%s\", %s}".formatted(queue, SCHEMA)).statusCode(201);
        String good = "{\"handler\": \"%s\", \"payload\": {\"to\": \"ada\"}}".formatted(handler);
        String bad = "{\"handler\": \"%s\", \"payload\": {\"to\": 70511}}".formatted(handler);

        enqueue(good).statusCode(201);
        json(good).post("/v1/jobs").then().statusCode(201);
        for (ValidatableResponse refused : new ValidatableResponse[] {
            enqueue(bad), json(bad).post("/v1/jobs").then()
        }) {
            assertProblem(refused, 422, "payload-invalid");
            String text = refused.body("field", equalTo("payload"))
                    .body("errors", hasSize(1))
                    .body("errors[0].pointer", equalTo("/to"))
                    .body("errors[0].keyword", equalTo("type"))
                    .body("errors[0].message", equalTo("must be of type string, but is a number"))
                    .extract()
                    .asString();
            assertThat(text).doesNotContain("70511");
        }
        json("[%s, %s, {\"handler\": \"%s\"}]".formatted(good, bad, handler))
                .post(jobs + "/bulk")
                .then()
                .statusCode(200)
                .body("created", equalTo(1))
                .body("failed", equalTo(2))
                .body("results[1].problem.errors[0].pointer", equalTo("/to"))
                .body("results[2].problem.errors[0].keyword", equalTo("type"));
        assertProblem(
                json("{\"jobs\": {\"a\": {\"queue\": \"%s\", %s}}".formatted(queue, bad.substring(1)))
                        .post("/v1/flows")
                        .then()
                        .body("field", equalTo("jobs.a.payload")),
                422,
                "payload-invalid");
        assertProblem(
                json("{\"cron\": \"@yearly\", \"queue\": \"%s\", \"job\": %s}".formatted(queue, bad))
                        .put("/v1/schedules/" + handler)
                        .then()
                        .body("field", equalTo("job.payload")),
                422,
                "payload-invalid");
    }

    @Test
    void scheduleWhosePayloadFitsNoLongerIsNotTriggeredByHand() {
        put("{}").statusCode(201);
        json("{\"cron\": \"@yearly\", \"queue\": \"%s\", \"job\": {\"handler\": \"%s\"}}".formatted(queue, handler))
                .put("/v1/schedules/" + handler)
                .then()
                .statusCode(201);
        given().post("/v1/schedules/" + handler + "/trigger").then().statusCode(201);
        put("{%s}".formatted(SCHEMA)).statusCode(200);

        assertProblem(given().post("/v1/schedules/" + handler + "/trigger").then(), 422, "payload-invalid");
        given().delete("/v1/schedules/" + handler).then().statusCode(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"queue\": \"A b\"};422;queue",
                "{\"queue\": \"mainstay.canary.x\"};422;queue",
                "{\"maxAttempts\": 0};422;maxAttempts",
                "{\"timeout\": \"PT0S\"};422;timeout",
                "{\"timeout\": \"P400D\"};422;timeout",
                "{\"backoff\": {\"type\": \"odd\"}};422;backoff.type",
                "{\"backoff\": {\"type\": \"fixed\", \"delay\": \"P365D\"}};422;backoff.delay",
                "{\"schema\": 7};422;schema",
                "{\"schema\": {\"type\": \"text\"}};422;schema.type",
                "{\"schema\": {\"$ref\": \"https://example.org/s\"}};422;schema.$ref",
                "{\"schema\": {\"pattern\": \"(a)\\\\1\"}};422;schema.pattern",
                "{\"hold\": {\"after\": 0}};422;hold.after",
                "{\"hold\": {\"window\": \"PT0.1S\"}};422;hold.window",
                "{\"hold\": true};400;hold",
                "{\"name\": \"x\"};400;name",
            })
    void wrongDeclarationsAreRefused(String body, int status, String field) {
        put(body).statusCode(status).body("field", equalTo(field));
        assertProblem(given().get(path).then(), 404, "handler-not-found");
    }

    @Test
    void httpIsNeverHeld() {
        json("{\"hold\": {}}").put("/v1/handlers/http").then().statusCode(422).body("field", equalTo("hold"));
        given().post("/v1/handlers/http/hold").then().statusCode(422).body("field", equalTo("handler"));
    }

    @Test
    void handlerIsHeldByHandUntilItIsResumed() {
        put("{\"queue\": \"%s\"}".formatted(queue)).statusCode(201);
        String id = json("{\"handler\": \"%s\"}".formatted(handler))
                .post("/v1/jobs")
                .path("id");

        given().post(path + "/hold")
                .then()
                .statusCode(200)
                .body("held.since", notNullValue())
                .body("held.reason", equalTo("by-hand"));
        given().post(path + "/hold").then().statusCode(200);
        given().get(jobPath(id) + "/explain")
                .then()
                .body("reason", equalTo("handler-held"))
                .body("detail", containsString("an operator holds it"));

        given().post(path + "/resume").then().statusCode(200).body("held", nullValue());
        given().get(jobPath(id) + "/explain").then().body("reason", not(equalTo("handler-held")));
    }

    @Test
    void whatAnotherInstanceDeclaresIsKnownWithinTwoSeconds() {
        store.put(new HandlerName(handler), "{\"maxAttempts\":9}", Optional.empty(), "another")
                .await()
                .atMost(Duration.ofSeconds(10));

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> enqueue("{\"handler\": \"%s\"}".formatted(handler))
                        .statusCode(201)
                        .body("maxAttempts", equalTo(9)));
    }

    private ValidatableResponse put(String body) {
        return json(body).put(path).then();
    }
}
