package io.mainstay.hook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody who wants to know of jobs that died is told. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class HooksServiceTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final String name = "hooks-" + UUID.randomUUID();
    private final String hook = "/v1/hooks/" + name;
    private final String queue = "/v1/queues/" + name;
    /** Not made with this object, for there is a second one in another class loader. */
    private Sink sink;

    @BeforeEach
    void open() {
        sink = new Sink();
    }

    @AfterEach
    void deleteHook() {
        given().delete(hook).then().statusCode(204);
        sink.close();
    }

    @Test
    void hookIsMadeReadChangedAndDeleted() {
        given().get(hook).then().statusCode(404).body("type", equalTo("urn:mainstay:problem:hook-not-found"));
        put("dead", name, "/told?key=1")
                .statusCode(201)
                .header("Location", equalTo(hook))
                .body("name", equalTo(name))
                .body("events", contains("dead"))
                .body("queues", contains(name))
                .body("url", equalTo(Sink.url() + "/told?key=1"))
                .body("disabled", nullValue());
        put("dead", name, "/told?key=1").statusCode(200);
        put("flow-ended", name, "/told").statusCode(200);
        given().get(hook).then().statusCode(200).body("events", contains("flow-ended"));
        given().get("/v1/hooks").then().statusCode(200).body("hooks.name", hasItem(name));
        given().delete(hook).then().statusCode(204);
        given().get(hook).then().statusCode(404);
    }

    @Test
    void hookThatCannotBeToldIsRefused() {
        refused("{\"events\": [\"dead\"], \"url\": \"https://elsewhere.example/\"}", "url");
        refused("{\"events\": [\"dead\"], \"url\": \"nonsense\"}", "url");
        refused("{\"events\": [\"dead\"]}", "url");
        refused("{\"events\": [], \"url\": \"%s\"}".formatted(Sink.url()), "events");
        refused("{\"events\": [\"dead\"], \"queues\": [\"A B\"], \"url\": \"%s\"}".formatted(Sink.url()), "queues");
        send("{\"events\": [\"birth\"], \"url\": \"%s\"}".formatted(Sink.url()))
                .put(hook)
                .then()
                .statusCode(400)
                .body("type", equalTo("urn:mainstay:problem:unknown-value"));
    }

    @Test
    void deathIsToldOnceWithoutWhatTheJobWasGiven() {
        put("dead", name, "/" + name).statusCode(201);
        send("{\"id\": \"a\", \"handler\": \"fail\", \"payload\": {\"secret\": 1}, \"maxAttempts\": 1}")
                .post(queue + "/jobs")
                .then()
                .statusCode(201);

        await("the notice").until(() -> !told().isEmpty());
        Sink.Told notice = told().get(0);
        assertThat(notice.body())
                .contains(
                        "\"event\":\"dead\"",
                        "\"hook\":\"" + name + "\"",
                        "\"queue\":\"" + name + "\"",
                        "\"job\":\"a\"",
                        "\"attempts\":1",
                        "\"errorType\":")
                .doesNotContain("secret", "message");
        assertThat(told()).hasSize(1);
        given().get("/v1/queues?prefix=mainstay.hooks").then().body("queues.queue", hasItem("mainstay.hooks"));
    }

    @Test
    void flowThatEndedIsTold() {
        put("flow-ended", name, "/" + name).statusCode(201);
        send("{\"id\": \"%1$s\", \"jobs\": {\"one\": {\"queue\": \"%1$s\", \"handler\": \"noop\"}}}".formatted(name))
                .post("/v1/flows")
                .then()
                .statusCode(201);

        await("the notice").until(() -> !told().isEmpty());
        assertThat(told().get(0).body())
                .contains("\"event\":\"flow-ended\"", "\"flow\":\"" + name + "\"", "\"succeeded\":1", "\"dead\":0");
    }

    @Test
    void handlerThatIsHeldIsTold() {
        put("handler-held", name, "/" + name).statusCode(201);
        String handler = "/v1/handlers/" + name;
        send("{\"queue\": \"%s\"}".formatted(name)).put(handler).then().statusCode(201);
        given().post(handler + "/hold").then().statusCode(200);

        await("the notice").until(() -> !told().isEmpty());
        given().post(handler + "/resume").then().statusCode(200);
        given().delete(handler).then().statusCode(204);
        assertThat(told().get(0).body())
                .contains("\"event\":\"handler-held\"", "\"handler\":\"" + name + "\"", "\"reason\":\"by-hand\"");
    }

    @Test
    void receiverThatIsGoneIsToldNothingMoreUntilItsHookIsPutAgain() {
        put("dead", name, "/" + name).statusCode(201);
        sink.answer(410);
        die("a");
        await("the end").untilAsserted(() -> given().get(hook).then().body("disabled.reason", equalTo("gone")));
        sink.answer(204);
        String other = name + "-other";
        put(other, "dead", name, "/" + other).statusCode(201);
        die("b");
        await("the notice of b").until(() -> !sink.toldAt("/" + other).isEmpty());
        given().delete("/v1/hooks/" + other).then().statusCode(204);
        assertThat(told()).hasSize(1);
        put("dead", name, "/" + name).statusCode(200).body("disabled", nullValue());
        die("c");

        await("the notice of c").until(() -> told().size() == 2);
        assertThat(told().get(0).body()).contains("\"job\":\"a\"");
        assertThat(told().get(1).body()).contains("\"job\":\"c\"");
    }

    @Test
    void queueThatSendsNoticesIsOfInstancesAlone() {
        String reserved = "mainstay.hooks";
        String job = "{\"handler\": \"noop\"}";
        send(job)
                .post("/v1/queues/" + reserved + "/jobs")
                .then()
                .statusCode(422)
                .body("field", equalTo("queue"));
        send("[" + job + "]")
                .post("/v1/queues/" + reserved + "/jobs/bulk")
                .then()
                .body("created", equalTo(0));
        send("{\"queue\": \"%s\"}".formatted(reserved))
                .put("/v1/handlers/" + name)
                .then()
                .statusCode(422)
                .body("field", equalTo("queue"));
        send("{\"cron\": \"@yearly\", \"queue\": \"%s\", \"job\": {\"handler\": \"noop\"}}".formatted(reserved))
                .put("/v1/schedules/" + name)
                .then()
                .statusCode(422);
        send("{\"jobs\": {\"one\": {\"queue\": \"%s\", \"handler\": \"noop\"}}}".formatted(reserved))
                .post("/v1/flows")
                .then()
                .statusCode(422);
        send("{\"worker\": \"w\", \"queues\": [\"%s\"], \"handlers\": [\"mine\"]}".formatted(reserved))
                .post("/v1/leases")
                .then()
                .statusCode(422);
        given().get("/v1/queues/" + reserved).then().statusCode(200);
    }

    private void die(String id) {
        send("{\"id\": \"%s\", \"handler\": \"fail\", \"maxAttempts\": 1}".formatted(id))
                .post(queue + "/jobs")
                .then()
                .statusCode(201);
        await("death")
                .untilAsserted(() -> given().get(queue + "/jobs/" + id).then().body("state", equalTo("dead")));
    }

    private void refused(String body, String field) {
        send(body).put(hook).then().statusCode(422).body("field", equalTo(field));
    }

    private ValidatableResponse put(String event, String queues, String path) {
        return put(name, event, queues, path);
    }

    private static ValidatableResponse put(String hook, String event, String queues, String path) {
        return send("{\"events\": [\"%s\"], \"queues\": [\"%s\"], \"url\": \"%s\"}"
                        .formatted(event, queues, Sink.url() + path))
                .put("/v1/hooks/" + hook)
                .then();
    }

    private List<Sink.Told> told() {
        return sink.toldAt("/" + name);
    }

    private static RequestSpecification send(String body) {
        return given().contentType(ContentType.JSON).body(body);
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(20));
    }
}
