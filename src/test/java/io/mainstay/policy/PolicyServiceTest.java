package io.mainstay.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class PolicyServiceTest extends ApiTest {

    private static final String JOB = "{\"handler\": \"api-test\", \"id\": \"%s\"}";

    private final String policy = "/v1/queues/" + queue + "/policy";

    @Test
    void queueHasNoPolicyUntilItGetsOne() {
        assertProblem(RestAssured.get(policy).then(), 404, "policy-not-found");
        RestAssured.delete(policy).then().statusCode(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"partitions\": 0}",
                "{\"partitions\": 33}",
                "{\"critical\": \"very\"}",
                "{\"critical\": \"mirrored\"}",
                "{\"critical\": \"mirrored\", \"hold\": \"PT1S\"}",
                "{\"partitions\": 2, \"critical\": \"mirrored\"}"
            })
    void whatCannotHoldIsRefused(String body) {
        assertProblem(put(body), 422, "invalid-value");
    }

    /** One test for all, as a change of partitions takes seconds. */
    @Test
    void partitionedQueueIsOneQueueToItsCallers() {
        enqueue(JOB.formatted("before")).statusCode(201);
        put("{\"partitions\": 4}")
                .statusCode(200)
                .body("partitions", equalTo(4))
                .body("state", equalTo("moving"))
                .body("previousPartitions", equalTo(1))
                .body("epoch", notNullValue());
        assertProblem(put("{\"partitions\": 8}"), 409, "queue-resizing");

        enqueue(JOB.formatted("before")).statusCode(200);
        for (int i = 0; i < 12; i++) {
            enqueue(JOB.formatted("job-" + i)).statusCode(201).body("queue", equalTo(queue.value()));
        }
        enqueue(JOB.formatted("job-3")).statusCode(200);
        for (String id : List.of("before", "job-0", "job-11")) {
            RestAssured.get(jobPath(id)).then().statusCode(200).body("queue", equalTo(queue.value()));
            RestAssured.get(jobPath(id) + "/explain").then().statusCode(200);
        }
        RestAssured.get("/v1/queues/" + queue)
                .then()
                .body("queue", equalTo(queue.value()))
                .body("counts.ready", equalTo(13));
        RestAssured.get("/v1/queues?prefix=" + queue)
                .then()
                .body("queues", hasSize(1))
                .body("queues[0].counts.ready", equalTo(13));
        assertThat(listed()).hasSize(13).contains("before", "job-0", "job-11");

        assertProblem(enqueue("{\"handler\": \"api-test\", \"uniqueKey\": \"k\"}"), 422, "invalid-value");
        assertProblem(
                json("{\"concurrency\": 3}")
                        .put("/v1/queues/" + queue + "/limits")
                        .then(),
                422,
                "invalid-value");
        RestAssured.post("/v1/queues/" + queue + "/pause").then().body("paused", equalTo(true));
        RestAssured.post("/v1/queues/" + queue + "/resume").then().body("paused", equalTo(false));

        RestAssured.post(jobs + "/cancel?state=ready&handler=api-test")
                .then()
                .statusCode(200)
                .body("count", equalTo(13))
                .body("next", nullValue());
        RestAssured.get("/v1/queues/" + queue).then().body("counts.cancelled", equalTo(13));
        RestAssured.get(policy).then().statusCode(200).body("epoch", greaterThan(0L));
        RestAssured.delete("/v1/queues/" + queue + "?force=true")
                .then()
                .statusCode(200)
                .body("gone", equalTo(true));
        assertProblem(RestAssured.get(policy).then(), 404, "policy-not-found");
        RestAssured.get("/v1/queues/" + queue).then().body("counts.ready", equalTo(0));
    }

    private Set<String> listed() {
        Set<String> ids = new HashSet<>();
        String cursor = null;
        do {
            ExtractableResponse<Response> page = RestAssured.given()
                    .queryParam("limit", 5)
                    .queryParam("include", "payload")
                    .queryParams(cursor == null ? Map.of() : Map.of("cursor", cursor))
                    .get("/v1/queues/" + queue + "/jobs")
                    .then()
                    .statusCode(200)
                    .extract();
            List<String> some = page.path("jobs.id");
            assertThat(some).noneMatch(ids::contains);
            ids.addAll(some);
            cursor = page.path("next");
        } while (cursor != null);
        return ids;
    }

    private ValidatableResponse put(String body) {
        return json(body).put(policy).then();
    }
}
