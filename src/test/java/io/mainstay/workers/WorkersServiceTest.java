package io.mainstay.workers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.LeaseStore;
import io.mainstay.queue.WorkerContacts;
import io.mainstay.queue.names.InstanceName;
import io.mainstay.queue.route.Served;
import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WorkersProfile.class)
class WorkersServiceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final String unique = UUID.randomUUID().toString().substring(0, 13);
    private final String name = "img-" + unique;
    private final QueueName queue = new QueueName("workers-" + unique);
    private final HandlerName handler = new HandlerName("resize-" + unique);

    @Inject
    InstanceName instance;

    @Inject
    WorkerContacts contacts;

    @Inject
    ContactRounds rounds;

    @Inject
    WorkerStore store;

    @Inject
    LeaseStore leases;

    @Test
    void instanceSaysWhatItRuns() {
        Map<String, ?> worker = listed(instance.value());

        assertThat(worker.get("kind")).isEqualTo("instance");
        assertThat(worker.get("queues")).isEqualTo(List.of("*"));
        assertThat(worker.get("drain")).isEqualTo(false);
        assertThat((List<?>) worker.get("handlers")).anyMatch("echo"::equals);
        assertThat((int) worker.get("concurrency")).isPositive();
        assertThat(worker.get("version")).isNotNull();
    }

    @Test
    void instanceTellsHowItsConnectionsAre() {
        await("all is well").untilAsserted(() -> {
            JsonPath page =
                    given().get("/v1/workers?limit=200").then().extract().jsonPath();
            String here = "workers.find { it.name == '" + instance.value() + "' }";
            assertThat(page.getBoolean(here + ".health.alive")).isTrue();
            assertThat(page.getString(here + ".health.stores[0].store")).isEqualTo("first");
            assertThat(page.getBoolean(here + ".health.stores[0].takesJobs")).isTrue();
            assertThat(page.getInt(here + ".health.stores[0].links.verified")).isPositive();
            assertThat(page.getString(here + ".health.stores[0].subscription")).isEqualTo("live");
            assertThat(Instant.parse(page.getString(here + ".health.stores[0].canaryAt")))
                    .isAfter(Instant.now().minus(Duration.ofMinutes(1)));
            assertThat(page.getList(here + ".recoveries")).isNotNull();
        });
    }

    @Test
    void jobsOfRemoteWorkersAreReadFromTheirQueues() {
        announce();
        enqueue(handler).statusCode(201);
        leases.claim(new ClaimRequest(
                        queue, "x", name + ".token", 1, Duration.ofSeconds(30), Served.of(Set.of(handler))))
                .await()
                .atMost(SOON);

        Map<String, ?> worker = listed(name);

        assertThat(worker.get("kind")).isEqualTo("remote");
        assertThat(worker.get("version")).isEqualTo("1.4.2");
        assertThat(worker.get("concurrency")).isEqualTo(16);
        assertThat(worker.get("queues")).isEqualTo(List.of(queue.value()));
        assertThat(worker.get("handlers")).isEqualTo(List.of(handler.value()));
        assertThat(worker.get("running")).isEqualTo(1);
        assertThat(worker.get("jobs").toString()).contains(queue.value()).contains(handler.value());
    }

    @Test
    void handlerMayBeNamedFromTheFirstWordOfAWorkerThatHasIt() {
        enqueue(handler)
                .statusCode(422)
                .body("field", equalTo("handler"))
                .body("detail", containsString("start a worker"))
                .body("detail", containsString("PUT /v1/handlers/" + handler))
                .body("detail", containsString("mainstay.handlers.unknown=accept"));
        HandlerName other = new HandlerName(handler + "-other");
        contacts.seen(new WorkerContacts.Contact(name, "caller", null, null, List.of(queue), Set.of(other)));
        rounds.round().await().atMost(SOON);

        enqueue(other).statusCode(201);
        explain().body("reason", equalTo("in-line"));
    }

    /** Not with the next round, five seconds later. */
    @Test
    void newHandlerIsNotedDownAtOnce() {
        HandlerName other = new HandlerName(handler + "-at-once");
        contacts.seen(new WorkerContacts.Contact(name, "caller", null, null, List.of(queue), Set.of(other)));

        await("the handler is known")
                .atMost(Duration.ofSeconds(4))
                .until(() -> store.knows(other).await().atMost(SOON));
        enqueue(other).statusCode(201);
    }

    @Test
    void jobOfAHandlerThatNobodyHasWaitsForAWorker() {
        announce();
        HandlerName elsewhere = new HandlerName(handler + "-elsewhere");
        contacts.seen(new WorkerContacts.Contact(
                name + "-2", "caller", null, null, List.of(new QueueName(queue + "-2")), Set.of(elsewhere)));
        rounds.round().await().atMost(SOON);

        enqueue(elsewhere).statusCode(201);

        explain().body("reason", equalTo("no-worker")).body("detail", containsString(elsewhere.value()));
    }

    @Test
    void drainedInstanceClaimsNothingIsAliveAndClaimsAgainAfterwards() {
        listed(instance.value());
        given().post("/v1/workers/" + instance.value() + "/drain")
                .then()
                .statusCode(200)
                .body("name", equalTo(instance.value()))
                .body("drain.until", notNullValue());
        try {
            await("the drain is known").until(() -> health().contains("\"drained\": true"));
            enqueue(new HandlerName("echo")).statusCode(201);
            Instant begun = Instant.now();
            // Two canaries and many polls later.
            await("canaries go on")
                    .until(() -> Duration.between(begun, Instant.now()).compareTo(Duration.ofSeconds(3)) > 0
                            && health().contains("\"status\": \"UP\""));
            assertThat(figures().getInt("counts.ready")).isEqualTo(1);
            assertThat(Instant.parse(listedDrain(instance.value())))
                    .isBetween(begun.plus(Duration.ofMinutes(59)), begun.plus(Duration.ofMinutes(61)));
        } finally {
            given().delete("/v1/workers/" + instance.value() + "/drain").then().statusCode(204);
        }
        await("the job runs").until(() -> figures().getInt("counts.succeeded") == 1);
        given().delete("/v1/workers/" + instance.value() + "/drain").then().statusCode(204);
    }

    @Test
    void drainedRemoteWorkerIsShownAndServesNothing() {
        announce();
        given().post("/v1/workers/" + name + "/drain").then().statusCode(200).body("kind", equalTo("remote"));

        assertThat(listed(name).get("drain").toString()).contains("until");
        given().delete("/v1/workers/" + name + "/drain").then().statusCode(204);
        assertThat(listed(name).get("drain")).isEqualTo(false);
    }

    @Test
    void unknownWorkerIsNotDrained() {
        given().post("/v1/workers/nobody-" + unique + "/drain")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:mainstay:problem:worker-not-found"));
        given().delete("/v1/workers/nobody-" + unique + "/drain").then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "ä", "a\nb", "a:b", "a*"})
    void hostileNamesAreRefused(String hostile) {
        int status = given().post("/v1/workers/{name}/drain", hostile)
                .then()
                .extract()
                .statusCode();
        assertThat(status).isIn(404, 422);
        contacts.seen(new WorkerContacts.Contact(hostile, "caller", null, null, List.of(queue), Set.of(handler)));
        contacts.heard(hostile);
        rounds.round().await().atMost(SOON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "remote:", "instance:a b", "other:a"})
    void foreignCursorIsRefused(String cursor) {
        given().queryParam("cursor", cursor)
                .get("/v1/workers")
                .then()
                .statusCode(422)
                .body("field", equalTo("cursor"));
        given().get("/v1/workers?limit=0").then().statusCode(422).body("field", equalTo("limit"));
    }

    @Test
    void pagesHaveAllWorkers() {
        announce();

        String cursor = given().get("/v1/workers?limit=1")
                .then()
                .statusCode(200)
                .extract()
                .path("next");

        assertThat(cursor).isNotNull();
        given().queryParam("cursor", cursor)
                .queryParam("limit", 200)
                .get("/v1/workers")
                .then()
                .statusCode(200)
                .body("workers.name", hasItem(name));
    }

    private void announce() {
        contacts.seen(new WorkerContacts.Contact(name, "caller", "1.4.2", 16, List.of(queue), Set.of(handler)));
        rounds.round().await().atMost(SOON);
    }

    private ValidatableResponse enqueue(HandlerName named) {
        return given().contentType(ContentType.JSON)
                .body("{\"id\": \"job\", \"handler\": \"" + named + "\"}")
                .post("/v1/queues/" + queue + "/jobs")
                .then();
    }

    private ValidatableResponse explain() {
        return given().get("/v1/queues/" + queue + "/jobs/job/explain").then().statusCode(200);
    }

    private JsonPath figures() {
        return given().get("/v1/queues/" + queue)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static String health() {
        return given().get("/q/health/live").then().extract().asString();
    }

    private String listedDrain(String worker) {
        return ((Map<?, ?>) listed(worker).get("drain")).get("until").toString();
    }

    private static Map<String, ?> listed(String worker) {
        return await("worker " + worker).until(() -> find(worker), found -> found != null);
    }

    private static Map<String, ?> find(String worker) {
        String cursor = null;
        do {
            var request = given().queryParam("limit", 200);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/v1/workers")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            List<Map<String, ?>> workers = page.getList("workers");
            for (Map<String, ?> each : workers) {
                if (each.get("name").equals(worker)) {
                    return each;
                }
            }
            cursor = page.getString("next");
        } while (cursor != null);
        return null;
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(SOON).pollInterval(Duration.ofMillis(50));
    }
}
