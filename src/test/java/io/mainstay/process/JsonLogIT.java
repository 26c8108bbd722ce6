package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In production every line of the log is a JSON object, and those about an attempt have its fields. */
class JsonLogIT {

    private final ObjectMapper mapper = new ObjectMapper();
    private final RedisProcess redis = new RedisProcess();
    private final ServiceProcess service = new ServiceProcess(
                    redis.address(),
                    Map.of(
                            "mainstay.handlers.demo", "true",
                            "quarkus.log.category.\"io.mainstay.worker\".level", "DEBUG"))
            .awaitReady();

    @AfterEach
    void stop() throws Exception {
        service.close();
        redis.close();
    }

    @Test
    void linesAreJsonAndSayWhichAttempt() {
        service.post("/v1/queues/mail/jobs", """
                {"id": "j-1", "handler": "fail", "payload": {"message": "secret"}, "maxAttempts": 1}""");
        JsonNode failed = awaitLine("failed: demo");

        JsonNode fields =
                mapper.valueToTree(Map.of("jobId", "j-1", "queue", "mail", "handler", "fail", "attempt", "1"));
        assertThat(failed.path("mdc")).isEqualTo(fields);
        assertThat(awaitLine("Job j-1 in queue mail is dead").path("mdc")).isEqualTo(fields);
        assertThat(failed.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "timestamp", "level", "loggerName", "message", "threadName", "hostName", "mdc");
        assertThat(lines()).noneMatch(line -> line.toString().contains("secret"));
        assertThat(lines()).hasSizeGreaterThan(2).allMatch(line -> line.has("message"));
    }

    private JsonNode awaitLine(String text) {
        return Awaitility.await("in the log: " + text)
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> lines().stream()
                                .filter(line -> line.path("message").asText().contains(text))
                                .findAny()
                                .orElse(null),
                        line -> line != null);
    }

    /** Without the last line, which may still be being written. */
    private List<JsonNode> lines() {
        String log = service.log();
        return log.substring(0, log.lastIndexOf('\n') + 1)
                .lines()
                .map(this::parse)
                .toList();
    }

    private JsonNode parse(String line) {
        try {
            return mapper.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("no JSON: " + line, e);
        }
    }
}
