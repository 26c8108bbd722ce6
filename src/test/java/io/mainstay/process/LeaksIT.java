package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.auth.TestKeys;
import io.mainstay.job.QueueName;
import io.mainstay.redis.store.RedisKeys;
import io.restassured.path.json.JsonPath;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Whatever goes wrong, answers say nothing of the inside, and the log at its most talkative holds no secret: neither what the service was
 * given nor what callers send.
 */
class LeaksIT {

    private static final String REDIS_PASSWORD = "redisp4ssw0rd";
    private static final String PAYLOAD = "p4yl0adm4rk";
    private static final String ADMIN = TestKeys.line("root admin * payload");
    private static final String KEY = TestKeys.keyOf(ADMIN);
    private static final String FORGED = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.f0rg3dt0k3n";
    private static final int SECRET_BEGINS = "ms_".length() + 12;

    private final HttpClient http = HttpClient.newHttpClient();
    private final RedisNode redis = RedisNode.start("user mainstay on >" + REDIS_PASSWORD + " ~* &* +@all")
            .awaitUp();
    private final ServiceProcess service = new ServiceProcess(
                    redis.address().replace("redis://", "redis://mainstay:" + REDIS_PASSWORD + "@"),
                    Map.of(
                            "mainstay.security.keys-file", TestKeys.file(ADMIN).toString(),
                            "mainstay.handlers.demo", "true",
                            "quarkus.log.level", "DEBUG",
                            "quarkus.log.category.\"io.mainstay\".level", "TRACE"))
            .withKey(KEY);
    private final List<String> answers = new ArrayList<>();

    @AfterEach
    void stop() {
        service.close();
        redis.close();
    }

    @Test
    void answersTellNothingOfTheInsideAndTheLogNoSecret() throws Exception {
        service.awaitReady();
        JsonPath made = new JsonPath(send(KEY, "POST", "/v1/keys", """
                {"name": "made", "roles": ["reader"], "queues": ["*"]}"""));
        String record = "key=" + made.getString("id");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                // It has the address of the caller, which is this test's own.
                .until(() -> service.get("/v1/audit?operation=createKey").contains(record));
        provoke();
        breakJobs();
        redis.kill();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> send(KEY, "GET", "/v1/queues/q", null)
                .contains("unavailable"));
        provoke();

        String inside =
                "(?i)redis|io\\.mainstay|java\\.|jakarta|vert\\.?x|netty|quarkus|exception|\\n\\s+at |\\.lua|wrongtype|noauth|"
                        + "127\\.0\\.0\\.1|\\b%d\\b|\\b%s\\b"
                                .formatted(
                                        redis.port(), InetAddress.getLocalHost().getHostName());
        assertThat(answers).hasSizeGreaterThan(40).allSatisfy(answer -> assertThat(answer)
                .doesNotContainPattern(inside));
        assertThat(answers).anyMatch(answer -> answer.contains("store-unavailable"));
        assertThat(service.log())
                .contains("DEBUG")
                .doesNotContain(
                        REDIS_PASSWORD,
                        KEY.substring(SECRET_BEGINS),
                        made.getString("key").substring(SECRET_BEGINS),
                        FORGED.substring(FORGED.lastIndexOf('.')),
                        PAYLOAD);
    }

    private void provoke() throws Exception {
        String jobs = "/v1/queues/q/jobs";
        for (String key : List.of("", "ms_x", FORGED, "\u00e9", KEY.replaceAll(".$", "_"))) {
            send(key, "GET", jobs, null);
        }
        send(
                KEY,
                "POST",
                jobs,
                "{\"handler\": \"fail\", \"payload\": {\"message\": \"" + PAYLOAD + "\"}, \"maxAttempts\": 1}");
        send(KEY, "POST", jobs, "{\"handler\": \"nobody\", \"payload\": \"" + PAYLOAD + "\"}");
        send(KEY, "POST", jobs, "{\"payload\": \"" + PAYLOAD);
        send(KEY, "POST", jobs, "{\"handler\": [\"" + PAYLOAD + "\"]}");
        send(KEY, "POST", jobs, "{\"handler\": \"noop\", \"payload\": \"" + "x".repeat(3_000_000) + "\"}");
        send(KEY, "POST", jobs, "[".repeat(5000));
        send(
                KEY,
                "POST",
                jobs,
                "{\"http\": {\"url\": \"http://h/" + PAYLOAD + "\", \"headers\": {\"Authorization\": \"" + PAYLOAD
                        + "\"}}}");
        send(KEY, "POST", jobs + "/bulk", "{\"handler\": \"noop\"} {");
        for (String path : List.of(
                jobs + "/nobody",
                jobs + "?state=x",
                jobs + "?cursor=%00",
                "/v1/queues/%00/jobs",
                "/v1/nothing",
                "/v1/audit?cursor=x",
                "/v1/queues",
                "/v1/scaling",
                "/v1/schedules/none",
                "/v1/flows/none",
                "/nothing")) {
            send(KEY, "GET", path, null);
            send(KEY, "PATCH", path, null);
        }
        send(KEY, "POST", "/v1/queues/q/pause", null);
        send(KEY, "POST", "/v1/flows", "{\"jobs\": 1}");
        send(KEY, "PUT", "/v1/schedules/s", "{\"cron\": \"x\"}");
    }

    /** Keys of a queue hold what no script expects. */
    private void breakJobs() throws Exception {
        String base = new RedisKeys(new QueueName("broken")).base();
        for (String key : List.of("ready", "meta", "scheduled", "running", "succeeded", "dead", "job:a")) {
            redis.call("SET", base + key, "no such type");
        }
        send(KEY, "POST", "/v1/queues/broken/jobs", "{\"handler\": \"noop\"}");
        send(KEY, "GET", "/v1/queues/broken", null);
        send(KEY, "GET", "/v1/queues/broken/jobs?state=ready", null);
        send(KEY, "GET", "/v1/queues/broken/jobs/a", null);
        send(KEY, "DELETE", "/v1/queues/broken/jobs/a", null);
        send(KEY, "DELETE", "/v1/queues/broken?force=true", null);
        send(KEY, "POST", "/v1/queues/broken/jobs/cancel?state=ready", null);
    }

    /** Remembers head and body of the answer, without what the request itself brought. */
    private String send(String key, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(service.uri(path))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        answers.add(answer.statusCode() + " " + method + " " + path + "\n"
                + answer.headers().map() + "\n" + answer.body());
        return answer.body();
    }
}
