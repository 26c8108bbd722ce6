package io.mainstay.telemetry;

import static io.mainstay.telemetry.MonitoringFiles.quoted;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.mainstay.job.QueueName;
import io.mainstay.stores.mirrored.MirrorMeters;
import io.mainstay.stores.mirrored.Mirrors;
import io.mainstay.worker.WorkersProfile;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page about metrics, the alert rules and the dashboard speak of exactly what a running service exports. */
@QuarkusTest
@TestProfile(WorkersProfile.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringServiceTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Pattern SHOWN = Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?(\\w+)\\s*}}");
    private static final Pattern VARIABLE = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");
    private static final List<String> NOTICES = List.of(
            "NodeMaintenanceScheduled",
            "NodeMaintenanceStarting",
            "NodeMaintenanceStart",
            "NodeMaintenanceFailoverComplete",
            "NodeMaintenanceScaleComplete",
            "NodeMaintenanceEnded",
            "Unheard");

    @Inject
    RedisDataSource redis;

    @Inject
    MeterRegistry registry;

    private Scrape scrape;

    /** Once; the port of the service is known to requests only from here on. */
    @BeforeEach
    void everythingHappens() {
        if (scrape != null) {
            return;
        }
        measureAMirroredQueue();
        given().post("/v1/queues/dying/resume").then().statusCode(200);
        run("succeeding", "echo", 1, "succeeded");
        run("dying", "fail", 1, "dead");
        run("retrying", "fail", 10, "scheduled");
        given().post("/v1/queues/dying/pause").then().statusCode(200);
        given().post("/v1/handlers/held/hold").then().statusCode(200);
        await().atMost(DEADLINE).untilAsserted(() -> {
            // Nobody hears them before the subscription is there.
            NOTICES.forEach(kind -> redis.pubsub(String.class).publish("AzureRedisEvents", "NotificationType|" + kind));
            // This format ends each list of labels with a comma.
            String text =
                    given().accept("text/plain").get("/q/metrics").asString().replace(",}", "}");
            assertThat(text)
                    .contains(
                            "mainstay_jobs_finished_total{outcome=\"dead\",queue=\"dying\"}",
                            "mainstay_jobs_finished_total{outcome=\"retried\",queue=\"retrying\"}",
                            "mainstay_queue_paused{queue=\"dying\"} 1.0",
                            "mainstay_handler_held{handler=\"held\"} 1.0",
                            "mainstay_queue_depth{queue=\"dying\",state=\"dead\"}",
                            "mainstay_ready 1.0",
                            "mainstay_subscription_state{state=\"live\",store=\"first\"} 1.0");
            Scrape read = Scrape.parse(text);
            assertThat(read.of("mainstay_redis_maintenance_notices_total")).isNotNull();
            assertThat(read.of("mainstay_redis_maintenance_notices_total")
                            .values
                            .get("notification"))
                    .hasSameSizeAs(NOTICES);
            scrape = read;
        });
    }

    /** There is one Redis here, and so no such queue. */
    private void measureAMirroredQueue() {
        new Mirrors(null, null, null, queue -> Duration.ofSeconds(30), new MirrorMeters(registry), null)
                .owner(new QueueName("mirrored"));
    }

    @Test
    void pageHasEveryMetricWithKindAndLabels() {
        Map<String, String> described = new TreeMap<>();
        for (List<String> row : MonitoringFiles.rows("name |")) {
            String name = quoted(row.get(0)).iterator().next();
            described.put(name, row.get(1) + " " + new TreeSet<>(quoted(row.get(3))));
            assertThat(name.contains("_seconds")).as(name).isEqualTo(row.get(2).equals("s"));
        }
        Map<String, String> real = new TreeMap<>();
        ours().forEach((name, metric) -> real.put(name, metric.type() + " " + metric.labels()));

        assertThat(described).isEqualTo(real);
    }

    @Test
    void everyMetricHasHelpAndOneSetOfLabels() {
        ours().forEach((name, metric) -> {
            assertThat(metric.help()).as(name).isNotBlank();
            assertThat(metric.labelSets).as(name).hasSize(1);
            assertThat(name.endsWith("_total")).as(name).isEqualTo(metric.type().equals("counter"));
        });
    }

    @Test
    void pageHasTheValuesOfEveryLabel() {
        Map<String, Set<String>> described = new TreeMap<>();
        Set<String> open = new TreeSet<>();
        for (List<String> row : MonitoringFiles.rows("label |")) {
            String label = quoted(row.get(0)).iterator().next();
            for (String name : quoted(row.get(1))) {
                described.put(name + " " + label, quoted(row.get(2)));
                if (Set.of("queue", "target", "handler").contains(label)) {
                    open.add(name + " " + label);
                }
            }
        }
        Map<String, Set<String>> real = new TreeMap<>();
        ours().forEach((name, metric) ->
                metric.values.forEach((label, values) -> real.put(name + " " + label, values)));

        assertThat(described.keySet()).isEqualTo(real.keySet());
        open.forEach(described::remove);
        open.forEach(real::remove);
        assertThat(described).isEqualTo(real);
    }

    @Test
    void rulesAskForWhatIsThere() {
        for (JsonNode rule : MonitoringFiles.rules()) {
            fits(
                    rule.path("alert").asText(),
                    rule.path("expr").asText(),
                    rule.path("annotations").toString());
        }
    }

    @Test
    void dashboardAsksForWhatIsThere() {
        for (JsonNode target : MonitoringFiles.targets()) {
            String query = target.path("expr").asText();
            fits(
                    query,
                    query,
                    target.path("legendFormat").asText()
                            + target.path("titleFormat").asText());
        }
        assertThat(VARIABLE.matcher(MonitoringFiles.dashboard().toString()).results())
                .isNotEmpty()
                .allSatisfy(
                        found -> assertThat(scrape.of(found.group(1)).labels()).contains(found.group(2)));
    }

    private void fits(String what, String expression, String shown) {
        Query query = new Query(expression);
        assertThat(query.metrics()).as(what).isNotEmpty();
        assertThat(query.misfits(scrape)).as(what).isEmpty();
        assertThat(SHOWN.matcher(shown).results()).as(what).allSatisfy(label -> assertThat(query.labels(scrape))
                .contains(label.group(1)));
    }

    private Map<String, Scrape.Metric> ours() {
        Map<String, Scrape.Metric> ours = new TreeMap<>(scrape.metrics());
        ours.keySet().removeIf(name -> !name.startsWith("mainstay_"));
        return ours;
    }

    private static void run(String queue, String handler, int attempts, String becomes) {
        String id = given().contentType(ContentType.JSON)
                .body("{\"handler\": \"%s\", \"payload\": {}, \"maxAttempts\": %d}".formatted(handler, attempts))
                .post("/v1/queues/" + queue + "/jobs")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        await().atMost(DEADLINE)
                .until(() -> becomes.equals(given().get("/v1/queues/" + queue + "/jobs/" + id)
                        .jsonPath()
                        .getString("state")));
    }
}
