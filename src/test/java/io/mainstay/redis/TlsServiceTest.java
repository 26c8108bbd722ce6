package io.mainstay.redis;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.is;

import io.mainstay.queue.WakeUps;
import io.mainstay.tracing.TracedOverTls;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The service over TLS, trusting one certificate, as a user with the documented rights. */
@QuarkusTest
@TestProfile(TracedOverTls.class)
class TlsServiceTest {

    @Inject
    WakeUps wakeUps;

    @Test
    void jobRunsAndWakeUpsComeThrough() {
        Awaitility.await("the subscription").atMost(Duration.ofSeconds(30)).until(wakeUps::live);
        given().contentType("application/json")
                .header("Prefer", "wait=10")
                .body("{\"handler\": \"echo\", \"payload\": {\"n\": 1}}")
                .when()
                .post("/v1/queues/tls/jobs")
                .then()
                .statusCode(201)
                .body("state", is("succeeded"));
    }
}
