package io.mainstay.flow;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.mainstay.rest.access.CallerByHeader;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class FlowResourceServiceTest extends ApiTest {

    @Test
    void chainIsMadeAndItsSecondJobIsBlocked() {
        ValidatableResponse made = create("{\"jobs\": {\"a\": {%s}, \"b\": {%s, \"after\": [\"a\"]}}}")
                .statusCode(201)
                .body("state", equalTo("running"))
                .body("counts.blocked", equalTo(1))
                .body("counts.active", equalTo(1))
                .body("jobs.name", contains("a", "b"))
                .body("jobs[1].after", contains("a"))
                .body("jobs[1].onParentDead", equalTo("cancel"))
                .body("endedAt", nullValue());
        String id = made.extract().path("id");
        assertThat(made.extract().header("Location")).isEqualTo("/v1/flows/" + id);

        given().get(jobPath("flow-" + id + "-1"))
                .then()
                .statusCode(200)
                .body("state", equalTo("blocked"))
                .body("flow", equalTo(id))
                .body("runAt", nullValue());
        given().get(jobs + "?state=blocked").then().body("jobs.id", contains("flow-" + id + "-1"));
        given().get("/v1/queues/" + queue).then().body("counts.blocked", equalTo(1));
    }

    @Test
    void flowsAreListedToThoseWhoMaySeeThem() {
        String id = make("{\"jobs\": {\"a\": {%s}, \"b\": {%s, \"after\": [\"a\"]}}}");

        given().get("/v1/flows?state=running&limit=200")
                .then()
                .statusCode(200)
                .body("flows.find { it.id == '" + id + "' }.jobs", equalTo(2))
                .body("flows.find { it.id == '" + id + "' }.open", equalTo(2))
                .body("incomplete", nullValue());
        given().get("/v1/flows?state=failed&limit=200").then().body("flows.id", not(hasItem(id)));
        given().header(CallerByHeader.HEADER, "reader other")
                .get("/v1/flows?limit=200")
                .then()
                .statusCode(200)
                .body("flows", empty());
        assertProblem(given().get("/v1/flows?state=open").then(), 422, "invalid-value");
        assertProblem(given().get("/v1/flows?cursor=x").then(), 422, "invalid-value");
        assertProblem(given().get("/v1/flows?limit=0").then(), 422, "invalid-value");
    }

    @Test
    void resultOfAParentIsThereForItsChild() {
        String id = make("{\"jobs\": {\"a\": {%s}, \"b\": {%s, \"after\": [\"a\"]}}}");
        run(ApiTest::success);
        becomes("flow-" + id + "-1", "ready");

        given().get(jobPath("flow-" + id + "-1") + "/parents")
                .then()
                .statusCode(200)
                .body("parents.name", contains("a"))
                .body("parents.state", contains("succeeded"))
                .body("parents[0].result.n", equalTo(1.5f))
                .body("parents[0].resultLeftOut", nullValue());
        given().get(jobPath("flow-" + id + "-0") + "/parents").then().body("parents", empty());
        given().get(jobPath(enqueued()) + "/parents").then().body("parents", empty());
        assertProblem(given().get(jobPath("none") + "/parents").then(), 404, "job-not-found");
    }

    @Test
    void callbackOfABatchRunsWhateverBecomesOfTheOthers() {
        String id = make("{\"jobs\": {\"one\": {%s}, \"two\": {%s},"
                + " \"done\": {%s, \"after\": [\"*\"], \"onParentDead\": \"run\"}}}");
        run(ApiTest::success);
        run(ApiTest::death);
        becomes("flow-" + id + "-2", "ready");
        run(ApiTest::success);

        Awaitility.await("the end").atMost(Duration.ofSeconds(30)).until(() -> "failed"
                .equals(flow(id).extract().path("state")));
        flow(id).body("counts.succeeded", equalTo(2))
                .body("counts.dead", equalTo(1))
                .body("endedAt", notNullValue());
    }

    @Test
    void childOfADeadJobIsCancelled() {
        String id = make("{\"jobs\": {\"a\": {%s}, \"b\": {%s, \"after\": [\"a\"]}}}");
        run(ApiTest::death);

        becomes("flow-" + id + "-1", "cancelled");
    }

    @Test
    void blockedJobIsExplained() {
        String id = make("{\"jobs\": {\"a\": {%s}, \"b\": {%s, \"after\": [\"a\"], \"onParentDead\": \"wait\"}}}");
        String path = jobPath("flow-" + id + "-1") + "/explain";

        given().get(path)
                .then()
                .statusCode(200)
                .body("reason", equalTo("waiting-for-parents"))
                .body("detail", equalTo("It waits for other jobs of its flow: a."))
                .body("waitsFor.name", contains("a"))
                .body("waitsFor.state", contains("active"))
                .body("waitsFor.queue", contains(queue.value()))
                .body("runAt", nullValue());
        run(ApiTest::death);
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> given().get(path).then().body("waitsFor.state", contains("dead")));
    }

    @Test
    void cancelEndsWhatHasNotEnded() {
        String id = make("{\"jobs\": {\"a\": {%s}, \"b\": {%s, \"after\": [\"a\"], \"onParentDead\": \"run\"}}}");

        given().delete("/v1/flows/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("failed"))
                .body("counts.cancelled", equalTo(2));
        given().delete("/v1/flows/" + id).then().statusCode(200);
    }

    @Test
    void blockedJobMayBeCancelledByItself() {
        String id = make("{\"jobs\": {\"a\": {%s}, \"b\": {%s, \"after\": [\"a\"]}}}");
        given().delete(jobPath("flow-" + id + "-1")).then().statusCode(200).body("state", equalTo("cancelled"));

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> flow(id).body(
                        "counts.cancelled", equalTo(1)));
    }

    @Test
    void sameFlowTwiceIsOne() {
        String body = "{\"id\": \"%s\", \"jobs\": {\"a\": {%%s}}}".formatted(queue.value());
        create(body).statusCode(201).body("id", equalTo(queue.value()));
        create(body).statusCode(200).body("id", equalTo(queue.value()));
        String keyed = "{\"jobs\": {\"a\": {%s}}}".replace("%s", members());
        String first = json(keyed)
                .header("Idempotency-Key", queue.value())
                .post("/v1/flows")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        json(keyed)
                .header("Idempotency-Key", queue.value())
                .post("/v1/flows")
                .then()
                .statusCode(200)
                .body("id", equalTo(first));
        given().get("/v1/queues/" + queue).then().body("counts.ready", equalTo(2));
    }

    @Test
    void flowThatIsNotThere() {
        assertProblem(given().get("/v1/flows/none").then(), 404, "flow-not-found");
        assertProblem(given().delete("/v1/flows/none").then(), 404, "flow-not-found");
        assertProblem(given().get("/v1/flows/no~ne").then(), 422, "invalid-value");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
        {"jobs": {"a": {%s, "after": ["b"]}, "b": {%s, "after": ["a"]}}} | a after b after a
        {"jobs": {"x": {%s}, "a": {%s, "after": ["x", "a"]}}} | a after a
        {"jobs": {"a": {%s, "after": ["b", "c"]}, "b": {%s}}} | jobs.a.after is 'c', but must be names of jobs of this flow
        {"jobs": {"a": {%s, "after": ["b", "b"]}, "b": {%s}}} | once each
        {"jobs": {"a": {%s, "after": ["*", "b"]}, "b": {%s}}} | jobs.a.after is '*'
        {"jobs": {"a": {%s, "onParentDead": "die"}}} | jobs.a.onParentDead is 'die', but must be one of cancel, run, wait
        {"jobs": {"a": {"handler": "api-test"}}} | jobs.a.queue
        {"jobs": {"a": {"queue": "Q", "handler": "api-test"}}} | jobs.a.queue
        {"jobs": {"a": {"queue": "q", "handler": "nobody"}}} | jobs.a.handler
        {"jobs": {"a": {"queue": "q"}}} | jobs.a.handler
        {"jobs": {"a": {%s, "priority": 10}}} | jobs.a.priority
        {"jobs": {"a": {%s, "delay": "P9999D"}}} | jobs.a.delay
        {"jobs": {"a": {%s, "delay": "soon"}}} | jobs.a.delay
        {"jobs": {"a": {%s, "id": "mine"}}} | jobs.a.id
        {"jobs": {"a": {%s, "durability": "fsync"}}} | jobs.a.durability
        {"jobs": {"a": {%s, "unique": {"key": "k"}}}} | jobs.a.unique
        {"jobs": {"a": {"queue": "mainstay.canary.x", "handler": "api-test"}}} | queue
        {"jobs": {"a b": {%s}}} | jobs is 'a b'
        {"jobs": {"": {%s}}} | jobs
        {"jobs": {}} | jobs is '0', but must be 1 to
        {} | jobs is '0'
        {"id": "flow 1", "jobs": {"a": {%s}}} | id is 'flow 1'
        """)
    void badFlowIsRefusedWithWhatIsWrong(String body, String complaint) {
        ValidatableResponse response = create(body);
        assertProblem(response, 422, "invalid-value");
        response.body("detail", containsString(complaint));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
        {"jobs": {"a": {%s, "behind": []}}} | unknown-field | jobs.a.behind
        {"jobs": {"a": {%s}}, "name": 1} | unknown-field | name
        {"jobs": [{%s}]} | wrong-type | jobs must be an object
        {"jobs": {"a": {%s, "after": "b"}}} | wrong-type | jobs.a.after must be an array
        {"jobs": {"a": {%s, "after": [1]}}} | wrong-type | a string
        {"jobs": {"a": {%s}, "a": {%s}}} | malformed-json | Duplicate
        """)
    void malformedFlowIsRefusedWithItsPlace(String body, String slug, String complaint) {
        ValidatableResponse response = create(body);
        assertProblem(response, 400, slug);
        response.body("detail", containsString(complaint));
    }

    @Test
    void tooManyJobsAreRefused() {
        String many = IntStream.range(0, 6)
                .mapToObj(i -> "\"j" + i + "\": {%s}")
                .collect(Collectors.joining(", ", "{\"jobs\": {", "}}"));
        ValidatableResponse response = create(many);
        assertProblem(response, 422, "invalid-value");
        response.body("detail", equalTo("jobs is '6', but must be 1 to 5 in number"));
    }

    @Test
    void idsThatLookLikeThoseOfFlowsAreRefused() {
        assertProblem(enqueue("{\"handler\": \"api-test\", \"id\": \"flow-x-1\"}"), 422, "invalid-value");
    }

    @Test
    void flowIdsThatLookLikeThoseOfIdempotencyKeysAreRefused() {
        String id = "key-0123456789abcdef0123456789abcdef";
        assertProblem(create("{\"id\": \"" + id + "\", \"jobs\": {\"a\": {%s}}}"), 422, "invalid-value");
    }

    /** Nobody of the engine is there to bring news at once; the rounds do. */
    private void becomes(String job, String state) {
        Awaitility.await(job + " is " + state)
                .atMost(Duration.ofSeconds(30))
                .until(() -> state.equals(given().get(jobPath(job)).path("state")));
    }

    private ValidatableResponse flow(String id) {
        return given().get("/v1/flows/" + id).then().statusCode(200);
    }

    private String make(String body) {
        return create(body).statusCode(201).extract().path("id");
    }

    /** @param body with {@code %s} where queue and handler of a job go */
    private ValidatableResponse create(String body) {
        return json(body.replace("%s", members())).post("/v1/flows").then();
    }

    private String members() {
        return "\"queue\": \"" + queue + "\", \"handler\": \"api-test\"";
    }
}
