package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.auth.TestKeys;
import io.restassured.path.json.JsonPath;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who changed what is known by name and address, whatever becomes of Redis. */
class AuditIT {

    private static final String ADMIN = TestKeys.line("root admin *");
    private static final String OPERATOR = TestKeys.line("night-shift operator mail.*");

    private final HttpClient http = HttpClient.newHttpClient();
    private final RedisNode redis = RedisNode.start().awaitUp();
    private ServiceProcess service;

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        redis.close();
    }

    @Test
    void callersAreNamedTrustedProxiesBelievedAndAnOutageLosesNoRecord() throws Exception {
        start(Map.of(
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                "quarkus.http.proxy.allow-x-forwarded", "true",
                "quarkus.http.proxy.trusted-proxies", "127.0.0.1"));
        service.awaitReady();

        assertThat(send("POST", "/v1/queues/mail.a/pause", OPERATOR)).isEqualTo(200);
        assertThat(send("POST", "/v1/queues/other/pause", OPERATOR)).isEqualTo(403);
        assertThat(send("GET", "/v1/audit", OPERATOR)).isEqualTo(403);
        assertThat(send("POST", "/v1/queues/mail.a/pause", "ms_nobody ")).isEqualTo(401);

        await().untilAsserted(() ->
                assertThat(records("changes")).containsExactly("night-shift pauseQueue mail.a 203.0.113.7 200"));
        await().untilAsserted(() -> assertThat(records("refusals"))
                .containsExactlyInAnyOrder(
                        "null null null 203.0.113.7 401",
                        "night-shift listAudit null 203.0.113.7 403",
                        "night-shift pauseQueue other 203.0.113.7 403"));

        redis.kill();
        await().until(() -> send("POST", "/v1/queues/mail.b/pause", OPERATOR) == 503);
        assertThat(service.log()).contains("queue=\\\"mail.b\\\"").contains("status=\\\"503\\\"");
        redis.restart();
        await().untilAsserted(
                        () -> assertThat(records("changes")).contains("night-shift pauseQueue mail.b 203.0.113.7 503"));
    }

    @Test
    void whoBelievesEverybodyDoesNotStart() {
        start(Map.of("quarkus.http.proxy.proxy-address-forwarding", "true"));

        service.awaitExit();

        assertThat(service.log()).contains("quarkus.http.proxy.trusted-proxies");
    }

    private void start(Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        all.put("mainstay.security.keys-file", TestKeys.file(ADMIN, OPERATOR).toString());
        service = new ServiceProcess(redis.address(), all).withKey(TestKeys.keyOf(ADMIN));
    }

    /** As the proxy does for the client 203.0.113.7. */
    private int send(String method, String path, String keyLine) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.uri(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + TestKeys.keyOf(keyLine))
                .header("X-Forwarded-For", "203.0.113.7")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private List<String> records(String kind) {
        JsonPath page = new JsonPath(service.get("/v1/audit?kind=" + kind));
        List<Map<String, Object>> records = page.getList("records");
        return records.stream()
                .map(record -> "%s %s %s %s %s"
                        .formatted(
                                record.get("callerName"),
                                record.get("operation"),
                                record.get("queue"),
                                record.get("from"),
                                record.get("status")))
                .toList();
    }

    private static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .ignoreExceptionsInstanceOf(NullPointerException.class);
    }
}
