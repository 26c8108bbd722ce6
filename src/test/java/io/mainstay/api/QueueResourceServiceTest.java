package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.rest.ApiProfile;
import io.mainstay.rest.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

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
        given().get("/v1/queues").then().statusCode(200).body("queues.queue", hasItem(queue.value()));
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
