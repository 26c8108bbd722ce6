package io.mainstay.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mainstay.handler.Outcome;
import io.mainstay.job.Json;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What became of a job's earlier attempts, as its status URL says. */
final class EarlierAttempt {

    /** Numbers stay as they came. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

    private EarlierAttempt() {}

    /** The question: it is no attempt of the job. */
    static HttpJob question(HttpJob job) {
        return new HttpJob(job.followUp().statusUrl(), "GET", Map.of(), null, HttpJob.FollowUp.NONE);
    }

    /**
     * What follows for the job; empty if nobody knows, so that it is sent again: {@code {"state": "done", "result": …}}, {@code
     * {"state": "running"}} or anything else.
     */
    static Optional<Outcome> read(Answer answer, Clock clock) {
        if (answer.status() < 200 || answer.status() >= 300) {
            return Optional.empty();
        }
        Optional<JsonNode> body = JsonBody.read(answer).flatMap(EarlierAttempt::tree);
        return switch (body.map(node -> node.path("state").asText()).orElse("")) {
            case "done" ->
                Optional.of(
                        body.get().has("result")
                                ? Outcome.success(
                                        new Json(body.get().get("result").toString()))
                                : Outcome.success());
            case "running" ->
                Optional.of(
                        Outcome.snooze(RetryAfter.of(answer.headers(), clock).orElse(LOOK_AGAIN)));
            default -> Optional.empty();
        };
    }

    /** Empty if it has what no reader takes, such as a number of thousands of digits. */
    private static Optional<JsonNode> tree(String json) {
        try {
            return Optional.of(JSON.readTree(json));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
