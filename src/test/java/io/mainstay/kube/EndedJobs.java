package io.mainstay.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** A queue as its API tells it. */
final class EndedJobs {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EndedJobs() {}

    /** Jobs that succeeded, each with the number of its last attempt. */
    static Map<String, Integer> of(ServiceProcess service, String queue) {
        Map<String, Integer> attempts = new HashMap<>();
        String cursor = "";
        do {
            JsonNode page =
                    read(service.get("/v1/queues/%s/jobs?state=succeeded&limit=200%s".formatted(queue, cursor)));
            page.path("jobs")
                    .forEach(job -> attempts.put(
                            job.path("id").asText(), job.path("attempt").asInt()));
            cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
        return attempts;
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
