package io.mainstay.rest.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.events.EventClient;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is shown and changed is of the caller's queues only. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class OwnQueuesServiceTest extends ApiTest {

    private static final String JOB = "{\"handler\": \"api-test\"}";

    @TestHTTPResource("/")
    URI service;

    /** In front of the names of all queues of a test. */
    private final String own = queue + "-";

    @Test
    void theListOfQueuesGoesThroughAllPatterns() {
        for (String name : List.of("a", "b-1", "b-2", "b-3", "c", "d", "e-1", "f")) {
            json(JOB).post("/v1/queues/" + own + name + "/jobs").then().statusCode(201);
        }
        String caller = "reader %1$sb-*,%1$sd,%1$se-*,%1$snone,%1$sf".formatted(own);

        assertThat(listed(caller, 100)).containsExactly("b-1", "b-2", "b-3", "d", "e-1", "f");
        assertThat(listed(caller, 2)).containsExactly("b-1", "b-2", "b-3", "d", "e-1", "f");
        assertThat(listed("reader none", 2)).isEmpty();
        as(caller)
                .queryParam("prefix", own + "b-2")
                .get("/v1/queues")
                .then()
                .body("queues.queue", contains(own + "b-2"));
        as(caller).queryParam("prefix", own + "a").get("/v1/queues").then().body("queues", empty());
    }

    @Test
    void aListOfSchedulesNamesThoseOfOthersNowhere() {
        for (int i = 0; i < 4; i++) {
            schedule(own + i, i % 2 == 0 ? own + "mine" : own + "other");
        }
        List<String> names = new ArrayList<>();
        String cursor = queue.value();
        while (cursor != null && cursor.startsWith(own.substring(0, own.length() - 1))) {
            var page = as("reader " + own + "mine")
                    .queryParam("cursor", cursor)
                    .queryParam("limit", 1)
                    .get("/v1/schedules")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            names.addAll(page.getList("schedules.name"));
            cursor = page.getString("next");
            assertThat(cursor).isIn(null, names.get(names.size() - 1));
        }

        assertThat(names).containsExactly(own + "0", own + "2");
    }

    @Test
    void aListOfFlowsNamesThoseOfOthersNowhere() {
        for (int i = 0; i < 4; i++) {
            json("{\"id\": \"%s-%d\", \"jobs\": {\"a\": {\"queue\": \"%s\", \"handler\": \"api-test\"}}}"
                            .formatted(queue, i, own + (i % 2 == 0 ? "mine" : "other")))
                    .post("/v1/flows")
                    .then()
                    .statusCode(201);
        }
        List<String> ids = new ArrayList<>();
        String cursor = "999999999999999_";
        while (cursor != null && ids.size() < 2) {
            var page = as("reader " + own + "mine")
                    .queryParam("cursor", cursor)
                    .queryParam("limit", 1)
                    .get("/v1/flows")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            ids.addAll(page.getList("flows.id"));
            cursor = page.getString("next");
            if (cursor != null) {
                assertThat(cursor.substring(cursor.indexOf('_') + 1))
                        .isIn("", ids.isEmpty() ? "" : ids.get(ids.size() - 1));
            }
        }

        assertThat(ids).containsExactly(queue + "-2", queue + "-0");
    }

    @Test
    void aScheduleOfOthersStaysAsItIs() {
        schedule(own + "s", own + "other");
        String caller = "operator " + own + "mine";
        String path = "/v1/schedules/" + own + "s";

        assertProblem(
                as(caller)
                        .contentType("application/json")
                        .body(scheduled(own + "mine"))
                        .put(path)
                        .then()
                        .body(
                                "detail",
                                equalTo(
                                        "The schedule of this name concerns a queue that this caller has no right to.")),
                403,
                "forbidden");
        assertProblem(
                as(caller)
                        .contentType("application/json")
                        .body(scheduled(own + "other"))
                        .put("/v1/schedules/" + own + "t")
                        .then(),
                403,
                "forbidden");
        as(caller).delete(path).then().statusCode(204);
        given().get(path).then().statusCode(200).body("queue", equalTo(own + "other"));
    }

    @Test
    void aFlowNeedsAllOfItsQueues() {
        String caller = "producer,operator " + own + "mine";
        String flow = "{\"id\": \"%1$s\", \"jobs\": {\"a\": {\"queue\": \"%2$s\", \"handler\": \"api-test\"},"
                + " \"b\": {\"queue\": \"%3$s\", \"handler\": \"api-test\", \"after\": [\"a\"]}}}";
        String mixed = flow.formatted(queue, own + "other", own + "mine");

        assertProblem(
                as(caller)
                        .contentType("application/json")
                        .body(mixed)
                        .post("/v1/flows")
                        .then(),
                403,
                "forbidden");
        given().get("/v1/flows/" + queue).then().statusCode(404);
        json(mixed).post("/v1/flows").then().statusCode(201);
        assertProblem(as(caller).get("/v1/flows/" + queue).then(), 404, "flow-not-found");
        assertProblem(as(caller).delete("/v1/flows/" + queue).then(), 404, "flow-not-found");
        // The id is taken, which is all that is said.
        String mine = flow.formatted(queue, own + "mine", own + "mine");
        assertProblem(
                as(caller)
                        .contentType("application/json")
                        .body(mine)
                        .post("/v1/flows")
                        .then(),
                403,
                "forbidden");

        String child = "/v1/queues/" + own + "mine/jobs/flow-" + queue + "-1";
        as(caller).get(child + "/parents").then().statusCode(200).body("parents", empty());
        as(caller)
                .get(child + "/explain")
                .then()
                .body("waitsFor", empty())
                .body(
                        "detail",
                        equalTo(
                                "It waits for other jobs of its flow, which are in queues that this caller may not see."));
    }

    @Test
    void eventsAndScalingAreOfOwnQueues() throws Exception {
        assertProblem(
                as("reader other")
                        .queryParam("queue", queue.value())
                        .get("/v1/events")
                        .then(),
                403,
                "forbidden");
        try (EventClient events =
                EventClient.open(service.resolve("/v1/events"), CallerByHeader.HEADER, "reader " + own + "*")) {
            assertThat(events.next().name()).isEqualTo("open");
            enqueued();
            json(JOB).post("/v1/queues/" + own + "x/jobs").then().statusCode(201);
            assertThat(events.next().data().path("queue").asText()).isEqualTo(own + "x");
        }
        json(JOB).post("/v1/queues/calm/jobs").then().statusCode(201);
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> as("reader calm")
                .get("/v1/scaling")
                .then()
                .body("queues.queue", contains("calm"))
                .body("workersNeeded", equalTo(1)));
        as("reader other")
                .get("/v1/scaling")
                .then()
                .body("queues", empty())
                .body("workersNeeded", equalTo(0))
                .body("desiredReplicas", equalTo(0));
        // Other tests look at what all queues want.
        given().queryParam("force", true).delete("/v1/queues/calm").then().statusCode(200);
    }

    @Test
    void aRepeatThatMeetsAJobOfAnotherShowsNothingOfIt() {
        json("{\"handler\": \"api-test\", \"id\": \"theirs\", \"payload\": \"secret\"}")
                .post(jobs)
                .then()
                .statusCode(201);
        as("producer " + queue)
                .contentType("application/json")
                .body("{\"handler\": \"api-test\", \"id\": \"theirs\"}")
                .post(jobs)
                .then()
                .statusCode(200)
                .body("payload", nullValue())
                .body("payloadBytes", equalTo(8))
                .body("redacted", equalTo(true));
    }

    /** All pages, without what is in front of all names. */
    private List<String> listed(String caller, int limit) {
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            RequestSpecification request = as(caller).queryParam("limit", limit);
            if (cursor != null) {
                request.queryParam("cursor", cursor);
            }
            var page =
                    request.get("/v1/queues").then().statusCode(200).extract().jsonPath();
            List<String> found = page.getList("queues.queue");
            assertThat(found).hasSizeLessThanOrEqualTo(limit);
            found.forEach(name -> names.add(name.substring(own.length())));
            cursor = page.getString("next");
        } while (cursor != null);
        return names;
    }

    private static RequestSpecification as(String caller) {
        return given().header(CallerByHeader.HEADER, caller);
    }

    private static void schedule(String name, String queue) {
        json(scheduled(queue)).put("/v1/schedules/" + name).then().statusCode(201);
    }

    private static String scheduled(String queue) {
        return "{\"cron\": \"@yearly\", \"queue\": \"" + queue + "\", \"job\": " + JOB + "}";
    }
}
