package io.mainstay.health;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.mainstay.health.StalledService.Faults;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.vertx.mutiny.redis.client.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole service, really stalled: what the probe says to whoever asks over HTTP, and when. */
@QuarkusTest
@TestProfile(StallTest.Impatient.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StallTest {

    /** A stall takes two seconds to be told, less than may be configured, and all else is shorter in proportion. */
    public static class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mainstay.health.canary-interval", "PT0.2S",
                    "mainstay.health.store-timeout", "PT0.5S",
                    "mainstay.poll.interval", "PT0.5S",
                    "mainstay.worker.concurrency", Integer.toString(WORKERS));
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(ShortStallLimit.class);
        }
    }

    private static final int WORKERS = 4;
    private static final int EVICTIONS_A_LOOK = 50;

    private static final Duration LIMIT = ShortStallLimit.LIMIT;
    /** That nothing happened is looked at for so long. */
    private static final Duration BEYOND = LIMIT.plusSeconds(1);

    /** Limit, one look, the look of the test; the rest is for a busy machine. */
    private static final Duration TOLD = Duration.ofSeconds(30);

    @TestHTTPResource("/q/health/live")
    URI live;

    @Inject
    Faults faults;

    /** Not one of the connections under test. */
    @Inject
    RedisDataSource redis;

    @Test
    @Order(1)
    void canaryShowsNowhere() {
        await().atMost(TOLD).untilAsserted(() -> given().get("/q/health/live")
                .then()
                .statusCode(200)
                .body("checks[0].data.latestClaim", equalTo("ANSWERED"))
                .body("checks[0].data.storeTakesWrites", equalTo(true)));
        await().atMost(TOLD).until(() -> metric("mainstay_canary_age_seconds{store=\"first\"}") < 1);
        assertThat(given().get("/v1/queues").asString()).doesNotContain("mainstay.canary");
        assertThat(given().get("/q/metrics").asString())
                .doesNotContain("mainstay.canary")
                .contains("mainstay_watchdog_alive 1.0");
        given().contentType(ContentType.JSON)
                .body("{\"handler\": \"noop\"}")
                .post("/v1/queues/mainstay.canary.mine/jobs")
                .then()
                .statusCode(422);
    }

    @ParameterizedTest
    @Order(2)
    @CsvSource({"min-replicas-to-write, 1, 0", "maxmemory, 1, 0"})
    void redisThatAnswersButTakesNoWritesIsNotOurDeath(String key, String broken, String sound) {
        redis.execute("CONFIG", "SET", key, broken);
        try {
            await().atMost(TOLD).until(() -> says(200, "the store refuses writes"));
            await().atMost(TOLD.plus(LIMIT)).during(BEYOND).until(() -> says(200, "UP"));
        } finally {
            redis.execute("CONFIG", "SET", key, sound);
        }
        await().atMost(TOLD).until(() -> metric("mainstay_canary_age_seconds{store=\"first\"}") < 1);
    }

    @Test
    @Order(3)
    void redisThatDoesNotAnswerIsNotOurDeath() {
        redis.execute("CLIENT", "PAUSE", Long.toString(LIMIT.plusSeconds(3).toMillis()));
        await().atMost(TOLD).until(() -> says(200, "the store does not answer"));
        given().get("/q/health/ready").then().statusCode(503);
        await().atMost(TOLD.plus(LIMIT)).during(BEYOND).until(() -> says(200, "UP"));
        await().atMost(TOLD).until(() -> metric("mainstay_canary_age_seconds{store=\"first\"}") < 1);
    }

    /** As a full Redis does with what expires, for longer than the limit: all of a canary, or parts. */
    @ParameterizedTest
    @Order(3)
    @ValueSource(strings = {"*", "*:ready", "*:running", "*:job:*", "*:meta"})
    void redisThatEvictsCanariesIsNotOurDeath(String keys) {
        await().atMost(TOLD.plus(LIMIT))
                .pollInterval(Duration.ofMillis(1))
                .during(BEYOND)
                .until(() -> {
                    // Far more often than the probe is asked, or the test would be busy with that.
                    for (int i = 0; i < EVICTIONS_A_LOOK; i++) {
                        evict("ms:{*}:mainstay.canary." + keys);
                    }
                    return says(200, "UP");
                });
        await().atMost(TOLD).until(() -> metric("mainstay_canary_age_seconds{store=\"first\"}") < 1);
    }

    private void evict(String pattern) {
        for (Response key : redis.execute("KEYS", pattern)) {
            redis.execute("DEL", key.toString());
        }
    }

    @Test
    @Order(4)
    void swallowedClaimsAreHealedInVainAndThenTold() {
        faults.swallowClaims = true;
        awaitLive(503, "no canary job ran");
        assertThat(given().get("/q/metrics").asString())
                .contains("mainstay_watchdog_heals_total{reason=\"no-proof\",what=\"dispatcher\"}");
        given().get("/q/health/ready").then().statusCode(200);

        faults.swallowClaims = false;
        awaitLive(200, "UP");
    }

    @Test
    @Order(5)
    void frozenLoopIsTold() {
        // Later, so that the answer to this is out: it may be on the loop that freezes.
        given().contentType(ContentType.JSON)
                .body("{\"handler\": \"freeze\", \"delay\": \"PT0.5S\"}")
                .post("/v1/queues/frozen/jobs")
                .then()
                .statusCode(201);
        awaitLive(503, "an event loop is blocked");

        faults.thaw.countDown();
        awaitLive(200, "UP");
    }

    @Test
    @Order(6)
    void workersLeakedToHandlersThatNeverEndAreTold() {
        for (int i = 0; i < WORKERS; i++) {
            given().contentType(ContentType.JSON)
                    .body("{\"handler\": \"stubborn\", \"timeout\": \"PT1S\", \"maxAttempts\": 1}")
                    .post("/v1/queues/stubborn/jobs")
                    .then()
                    .statusCode(201);
        }
        awaitLive(503, "no canary job ran");

        faults.giveIn.countDown();
        awaitLive(200, "UP");
    }

    /** Asks on a new connection each time, as a kubelet does: some of them end up on the loop that is stuck. */
    private void awaitLive(int status, String text) {
        await().atMost(TOLD).untilAsserted(() -> assertThat(ask()).hasValueSatisfying(answer -> {
            assertThat(answer.body()).contains(text);
            assertThat(answer.statusCode()).isEqualTo(status);
        }));
    }

    private boolean says(int status, String text) throws InterruptedException {
        return ask().filter(
                        answer -> answer.statusCode() == status && answer.body().contains(text))
                .isPresent();
    }

    private Optional<HttpResponse<String>> ask() throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(live).timeout(Duration.ofSeconds(1)).build();
        try {
            return Optional.of(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static double metric(String name) {
        // This format ends each list of labels with a comma.
        return given().get("/q/metrics")
                .asString()
                .replace(",}", "}")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElse(Double.MAX_VALUE);
    }
}
