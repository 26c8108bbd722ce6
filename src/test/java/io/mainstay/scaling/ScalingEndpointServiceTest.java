package io.mainstay.scaling;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.mainstay.rest.ApiProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** As on an instance that only takes requests: what its queues want of others. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class ScalingEndpointServiceTest {

    @Test
    void whatWaitsInTheQueuesOfTheseWorkersAsksForInstances() {
        for (int i = 0; i < 5; i++) {
            enqueue("scaled", i);
            enqueue("foreign", i);
        }

        // No job ended yet: one instance to begin with.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> given().get("/v1/scaling")
                .then()
                .statusCode(200)
                .body("desiredReplicas", equalTo(1))
                .body("workersNeeded", equalTo(2))
                .body("concurrency", equalTo(2))
                .body("startDelay", equalTo("PT10S"))
                .body("queues.queue", contains("scaled"))
                .body("queues[0].waiting", equalTo(5))
                .body("queues[0].running", equalTo(0))
                .body("queues[0].keySet()", not(hasItem("meanRunSeconds"))));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(given().get("/q/metrics").asString()).contains("mainstay_replicas_desired 1.0"));
    }

    private static void enqueue(String queue, int number) {
        given().contentType(ContentType.JSON)
                .body("{\"id\": \"%d\", \"handler\": \"noop\"}".formatted(number))
                .post("/v1/queues/" + queue + "/jobs")
                .then()
                .statusCode(201);
    }
}
