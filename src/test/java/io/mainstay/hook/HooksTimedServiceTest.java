package io.mainstay.hook;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.mainstay.machine.TimedTest;
import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/** A receiver that is down is told later; the wait between attempts is some seconds. */
@Tag("timed")
@QuarkusTest
@TestProfile(WorkersProfile.class)
class HooksTimedServiceTest {

    private static final int DEATHS = 20;

    @TimedTest
    void receiverThatIsDownIsToldOfAllWhenItIsBack() {
        String name = "down-" + UUID.randomUUID();
        String hook = "/v1/hooks/" + name;
        String queue = "/v1/queues/" + name;
        given().contentType(ContentType.JSON)
                .body("{\"events\": [\"dead\"], \"queues\": [\"%1$s\"], \"url\": \"%2$s/%1$s\"}"
                        .formatted(name, Sink.url()))
                .put(hook)
                .then()
                .statusCode(201);
        for (int i = 0; i < DEATHS; i++) {
            given().contentType(ContentType.JSON)
                    .body("{\"id\": \"%d\", \"handler\": \"fail\", \"maxAttempts\": 1}".formatted(i))
                    .post(queue + "/jobs")
                    .then()
                    .statusCode(201);
        }
        Awaitility.await("failed attempts").atMost(Duration.ofSeconds(60)).untilAsserted(() -> given().get(
                        "/v1/queues/mainstay.hooks")
                .then()
                .body("counts.scheduled", greaterThanOrEqualTo(1)));

        try (Sink sink = new Sink()) {
            Awaitility.await("all notices")
                    .atMost(Duration.ofSeconds(120))
                    .until(() -> sink.toldAt("/" + name).stream()
                                    .map(Sink.Told::body)
                                    .distinct()
                                    .count()
                            == DEATHS);
            assertThat(sink.toldAt("/" + name)).hasSize(DEATHS);
        }
        given().get(queue).then().body("counts.dead", equalTo(DEATHS));
        given().delete(hook).then().statusCode(204);
    }
}
