package io.mainstay.packaged;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.mainstay.redis.TlsRedisOfAnotherName;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Test;

/** What is packaged speaks TLS to a Redis whose certificate is for another name than that of its address, and logs in. */
@QuarkusIntegrationTest
@WithTestResource(TlsRedisOfAnotherName.class)
class PackagedTlsIT {

    @Test
    void jobRuns() {
        given().contentType("application/json")
                .header("Prefer", "wait=20")
                .body("{\"handler\": \"echo\", \"payload\": 1}")
                .post("/v1/queues/tls/jobs")
                .then()
                .statusCode(201)
                .body("state", equalTo("succeeded"));
    }
}
