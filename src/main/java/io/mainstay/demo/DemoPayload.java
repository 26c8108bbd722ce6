package io.mainstay.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.job.Json;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Reads the one field a demo job has. Thread-safe. */
@Singleton
class DemoPayload {

    private final ObjectMapper json = new ObjectMapper();

    /** The string in the field {@code name}; empty if there is no such string. */
    Optional<String> text(Json payload, String name) {
        try {
            JsonNode field = json.readTree(payload.text()).path(name);
            return field.isTextual() ? Optional.of(field.textValue()) : Optional.empty();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }
}
