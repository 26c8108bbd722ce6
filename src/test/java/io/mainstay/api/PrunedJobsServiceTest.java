package io.mainstay.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A queue that ends more jobs than it keeps, and a caller that sends them again. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class PrunedJobsServiceTest {

    private static final int MANY = 1500;

    private final String path = "/v1/queues/pruned-" + UUID.randomUUID();

    @Test
    void bulkThatComesAgainAfterItsJobsWerePrunedCreatesNothing() {
        bulk().statusCode(200).body("created", equalTo(MANY)).body("existing", equalTo(0));
        Awaitility.await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> given().get(path)
                .then()
                .body("counts.succeeded", equalTo(WorkersProfile.KEPT))
                .body("counts.ready", equalTo(0))
                .body("counts.running", equalTo(0)));

        bulk().statusCode(200).body("created", equalTo(0)).body("existing", equalTo(MANY));
    }

    private ValidatableResponse bulk() {
        String body = IntStream.range(0, MANY)
                .mapToObj("{\"handler\": \"echo\", \"id\": \"job-%d\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        return given().contentType(ContentType.JSON)
                .body(body)
                .post(path + "/jobs/bulk")
                .then();
    }
}
