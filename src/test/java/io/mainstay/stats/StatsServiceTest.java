package io.mainstay.stats;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to jobs shows in the statistics. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class StatsServiceTest {

    private final String queue = "stats-" + UUID.randomUUID();

    @Test
    void jobsAreCountedFromTheirEnqueueToTheirEnd() {
        run("{\"handler\": \"noop\"}");
        run("{\"handler\": \"sleep\", \"payload\": {\"duration\": \"PT0.05S\"}}");
        run("{\"handler\": \"fail\", \"maxAttempts\": 2, \"backoff\": {\"type\": \"fixed\", \"delay\": \"PT0.001S\"}}");

        Awaitility.await("written").atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        stats("?queue=" + queue).getInt("total.dead"))
                .isEqualTo(1));
        JsonPath of = stats("?by=handler&queue=" + queue);
        assertThat(of.getInt("total.enqueued")).isEqualTo(3);
        assertThat(of.getInt("total.started")).isEqualTo(4);
        assertThat(of.getInt("total.succeeded")).isEqualTo(2);
        assertThat(of.getInt("total.failed")).isEqualTo(2);
        assertThat(of.getDouble("total.runSeconds.p99")).isBetween(0.02, 30.0);
        assertThat(of.getDouble("total.startDelaySeconds.p50")).isLessThan(30);
        assertThat(of.getList("points")).isNotEmpty();
        assertThat(of.getString("points[0].at")).endsWith(":00Z");
        assertThat(of.getList("groups.handler")).contains("noop", "sleep", "fail");
        assertThat(of.getInt("groups.find { it.handler == 'fail' }.failed")).isEqualTo(2);
        assertThat(of.getString("step")).isEqualTo("PT1M");

        for (String step : new String[] {"PT10M", "PT1H"}) {
            assertThat(stats("?step=" + step + "&handler=fail&queue=" + queue).getInt("total.failed"))
                    .isEqualTo(2);
        }
        assertThat(stats("").getInt("total.succeeded")).isGreaterThanOrEqualTo(2);
        assertThat(stats("").getList("groups")).isNull();
    }

    @Test
    void ofWhatNobodyKnowsThereIsNothing() {
        given().get("/v1/stats?from=P30D&queue=" + queue)
                .then()
                .statusCode(200)
                .body("points", hasSize(0))
                .body("total.enqueued", equalTo(0))
                .body("total.runSeconds", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=x", "to=-PT1H", "step=PT2M", "by=group", "queue=Ä", "handler=%20", "since=PT1H"})
    void whatIsNotRightIsRefused(String parameter) {
        given().get("/v1/stats?" + parameter)
                .then()
                .statusCode(422)
                .body("field", equalTo(parameter.substring(0, parameter.indexOf('='))));
    }

    private void run(String job) {
        given().contentType(ContentType.JSON)
                .header("Prefer", "wait=20")
                .body(job)
                .post("/v1/queues/" + queue + "/jobs")
                .then()
                .statusCode(201);
    }

    private static JsonPath stats(String query) {
        return given().get("/v1/stats" + query).then().statusCode(200).extract().jsonPath();
    }
}
