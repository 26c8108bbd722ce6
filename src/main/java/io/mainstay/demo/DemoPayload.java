package io.mainstay.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.job.Json;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the few fields a demo job has. Thread-safe. */
@Singleton
class DemoPayload {

    private final ObjectMapper json = new ObjectMapper();

    /** The string in the field {@code name}; empty if there is no such string. */
    Optional<String> text(Json payload, String name) {
        return field(payload, name).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    /** The integer in the field {@code name}; empty if there is no such integer. */
    OptionalInt number(Json payload, String name) {
        return field(payload, name)
                .filter(JsonNode::canConvertToInt)
                .map(field -> OptionalInt.of(field.intValue()))
                .orElse(OptionalInt.empty());
    }

    private Optional<JsonNode> field(Json payload, String name) {
        try {
            return Optional.of(json.readTree(payload.text()).path(name));
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }
}
