package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.mainstay.bulk.BulkAction;
import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.job.JobState;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Requests that are sent again after their job has ended and was deleted. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class DeletedJobServiceTest extends ApiTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MANY = 45;

    @Inject
    BulkActionStore many;

    @Test
    void idThatComesAgainIsToldHowItsJobEnded() {
        String body = "{\"handler\": \"api-test\", \"id\": \"order-7\"}";
        enqueue(body).statusCode(201);
        run(ApiTest::success);
        delete();

        ValidatableResponse again =
                json(body).header("Prefer", "wait=1").post(jobs).then();
        again.statusCode(200).contentType("application/json");
        assertThat(again.extract().<Map<String, Object>>path("$"))
                .isEqualTo(Map.of("id", "order-7", "state", "succeeded", "deleted", true));
        given().get(jobPath("order-7")).then().statusCode(404);
    }

    @Test
    void idempotencyKeyThatComesAgainMakesNoSecondJob() {
        String id = keyed().statusCode(201).extract().path("id");
        run(ApiTest::success);
        delete();

        keyed().statusCode(200).body("id", equalTo(id)).body("deleted", equalTo(true));
        assertThat(given().get(jobs).then().extract().<Integer>path("jobs.size()"))
                .isZero();
    }

    @Test
    void requestWithoutEitherMakesASecondJob() {
        enqueued();
        run(ApiTest::success);
        delete();

        enqueue("{\"handler\": \"api-test\"}").statusCode(201);
    }

    @Test
    void bulkThatComesAgainCreatesNothing() {
        bulk().statusCode(200).body("created", equalTo(MANY)).body("existing", equalTo(0));
        for (int i = 0; i < MANY; i++) {
            run(ApiTest::success);
        }
        delete();

        bulk().statusCode(200)
                .body("created", equalTo(0))
                .body("existing", equalTo(MANY))
                .body("results[0].status", equalTo(200))
                .body("results[0].id", equalTo("many-0"));
    }

    private ValidatableResponse keyed() {
        return json("{\"handler\": \"api-test\"}")
                .header("Idempotency-Key", "order-8")
                .post(jobs)
                .then();
    }

    private ValidatableResponse bulk() {
        String body = IntStream.range(0, MANY)
                .mapToObj("{\"handler\": \"api-test\", \"id\": \"many-%d\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        return given().contentType(ContentType.JSON)
                .body(body)
                .post("/v1/queues/" + queue + "/jobs/bulk")
                .then();
    }

    private void delete() {
        PageRequest page = new PageRequest(JobState.SUCCEEDED, Optional.empty(), PageRequest.MOST);
        BulkActionRequest request = new BulkActionRequest(BulkAction.DELETE, JobFilter.ALL, page, ids.nextToken());
        assertThat(many.change(queue, request).await().atMost(SOON).count()).isPositive();
    }
}
