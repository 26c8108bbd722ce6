package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class QueueResourceServiceTest extends ApiTest {

    private final String path = "/v1/queues/" + queue;

    @Test
    void figuresCountJobsByState() {
        enqueued();
        run(ApiTest::success);
        enqueued();
        enqueue("{\"handler\": \"api-test\", \"delay\": \"PT1H\"}").statusCode(201);

        given().get(path)
                .then()
                .statusCode(200)
                .body("queue", equalTo(queue.value()))
                .body("paused", equalTo(false))
                .body("counts.scheduled", equalTo(1))
                .body("counts.ready", equalTo(1))
                .body("counts.running", equalTo(0))
                .body("counts.succeeded", equalTo(1))
                .body("counts.dead", equalTo(0))
                .body("counts.cancelled", equalTo(0))
                .body("oldestDueSeconds", greaterThanOrEqualTo(0f));
    }

    @Test
    void queueWithoutJobsHasFiguresToo() {
        given().get(path)
                .then()
                .statusCode(200)
                .body("counts.ready", equalTo(0))
                .body("oldestDueSeconds", nullValue());
    }

    @Test
    void queuesAreListedFromTheirFirstJob() {
        enqueued();
        given().get("/v1/queues?prefix=" + queue.value())
                .then()
                .statusCode(200)
                .body("queues.queue", hasItem(queue.value()))
                .body("incomplete", nullValue());
    }

    @Test
    void queuesAreListedPageByPage() {
        for (String end : List.of("a", "b", "c")) {
            given().contentType(ContentType.JSON)
                    .body("{\"handler\": \"api-test\", \"delay\": \"PT1H\"}")
                    .post(path + "-" + end + "/jobs")
                    .then()
                    .statusCode(201);
        }
        String prefix = queue.value() + "-";
        String next = given().get("/v1/queues?limit=2&prefix=" + prefix)
                .then()
                .body("queues.queue", contains(prefix + "a", prefix + "b"))
                .extract()
                .path("next");
        given().get("/v1/queues?limit=2&prefix=" + prefix + "&cursor=" + next)
                .then()
                .body("queues.queue", contains(prefix + "c"))
                .body("next", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=201", "limit=x", "prefix=A", "cursor=!", "offset=1"})
    void pageThatCannotBeIsRefused(String query) {
        given().get("/v1/queues?" + query)
                .then()
                .statusCode(422)
                .body("field", equalTo(query.substring(0, query.indexOf('='))));
    }

    @Test
    void queueWithJobsIsDeletedOnlyByForce() {
        enqueued();
        given().delete(path)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:mainstay:problem:queue-not-empty"))
                .body("detail", containsString("1 ready jobs"));
        given().delete(path + "?force=yes").then().statusCode(422).body("field", equalTo("force"));
        given().delete(path + "?force=true")
                .then()
                .statusCode(200)
                .body("queue", equalTo(queue.value()))
                .body("gone", equalTo(true))
                .body("cancelled", equalTo(1))
                .body("schedules", nullValue())
                .body("left", nullValue());
        given().get("/v1/queues?prefix=" + queue.value()).then().body("queues", empty());
        given().delete(path).then().statusCode(200).body("gone", equalTo(true));
    }

    @Test
    void schedulesThatAimAtADeletedQueueAreNamed() {
        String schedule = "/v1/schedules/" + queue.value();
        given().contentType(ContentType.JSON)
                .body("{\"cron\": \"0 0 1 1 *\", \"queue\": \"%s\", \"job\": {\"handler\": \"api-test\"}}"
                        .formatted(queue.value()))
                .put(schedule)
                .then()
                .statusCode(201);
        given().delete(path).then().statusCode(200).body("schedules", contains(queue.value()));
        given().delete(schedule).then().statusCode(204);
    }

    @Test
    void queueIsPausedAndResumed() {
        for (int repeat = 0; repeat < 2; repeat++) {
            given().post(path + "/pause").then().statusCode(200).body("paused", equalTo(true));
        }
        given().get(path).then().body("paused", equalTo(true));
        for (int repeat = 0; repeat < 2; repeat++) {
            given().post(path + "/resume").then().statusCode(200).body("paused", equalTo(false));
        }
        given().get(path).then().body("paused", equalTo(false));
    }
}
