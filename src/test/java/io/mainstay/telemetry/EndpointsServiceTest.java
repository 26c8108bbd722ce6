package io.mainstay.telemetry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.mainstay.worker.WorkersProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What those who watch the service see, by the names they rely on. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
class EndpointsServiceTest {

    @ParameterizedTest
    @CsvSource({"live, mainstay-workers", "ready, mainstay-store", "started, mainstay-started"})
    void probesAreUp(String probe, String check) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> given().get("/q/health/" + probe)
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("checks.name", hasItems(check)));
    }

    @Test
    void anEndedJobShowsInTheMetrics() {
        double begun = startedWithinAMinute();
        double ran = value("mainstay_job_run_seconds_count");
        double refused = value("mainstay_completions_refused_total");
        given().contentType(ContentType.JSON)
                .header("Prefer", "wait=1")
                .body("{\"handler\": \"echo\", \"payload\": 1}")
                .post("/v1/queues/watched/jobs")
                .then()
                .statusCode(201);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(given().get("/q/metrics")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains(
                        "mainstay_jobs_enqueued_total{created=\"true\",queue=\"watched\"} 1.0",
                        "mainstay_jobs_claimed_total{queue=\"watched\"} 1.0",
                        "mainstay_jobs_finished_total{outcome=\"succeeded\",queue=\"watched\"} 1.0",
                        "mainstay_job_start_delay_seconds_bucket{",
                        "le=\"5.0E-4\"",
                        "mainstay_claims_total",
                        "mainstay_queue_depth{queue=\"watched\",state=\"succeeded\"} 1.0",
                        "mainstay_queue_oldest_due_seconds{queue=\"watched\"} 0.0",
                        "mainstay_worker_busy 0.0",
                        "mainstay_worker_concurrency 64.0",
                        "mainstay_worker_last_good_round_age_seconds",
                        "mainstay_worker_troubles_total{kind=\"unexpected\"} 0.0"));
        assertThat(startedWithinAMinute()).isGreaterThan(begun);
        assertThat(value("mainstay_job_run_seconds_count")).isGreaterThan(ran);
        assertThat(value("mainstay_completions_refused_total")).isEqualTo(refused);
    }

    /** Of all queues. */
    private static double startedWithinAMinute() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line ->
                        line.startsWith("mainstay_job_start_delay_seconds_bucket{") && line.contains("le=\"60.0\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static double value(String series) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .findFirst()
                .orElseThrow();
    }
}
