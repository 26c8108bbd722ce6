package io.mainstay.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Whether a JSON value is what a schema describes. Stricter than the standard: members that are not described are faults. */
final class SchemaCheck {

    private final ApiDocument document;

    SchemaCheck(ApiDocument document) {
        this.document = document;
    }

    /** @param where the place of the value, for whoever reads of faults */
    List<String> faults(String where, JsonNode value, JsonNode reference) {
        JsonNode schema = document.resolve(reference);
        List<String> faults = new ArrayList<>();
        if (schema.has("allOf")) {
            schema.path("allOf").forEach(part -> faults.addAll(faults(where, value, part)));
            return faults;
        } else if (schema.has("oneOf")) {
            boolean one = stream(schema.path("oneOf"))
                    .anyMatch(choice -> faults(where, value, choice).isEmpty());
            return one ? faults : List.of(where + " is none of those described: " + value);
        }
        if (!hasType(value, schema)) {
            return List.of(where + " is not of the type " + schema.path("type") + ": " + value);
        }
        if (schema.has("enum") && stream(schema.path("enum")).noneMatch(value::equals)) {
            faults.add(where + " is none of " + schema.path("enum") + ": " + value);
        }
        if (schema.has("const") && !schema.path("const").equals(value)) {
            faults.add(where + " is not " + schema.path("const") + ": " + value);
        }
        if (value.isTextual()
                && !hasFormat(value.asText(), schema.path("format").asText())) {
            faults.add(where + " is not of the format " + schema.path("format") + ": " + value);
        }
        if (value.isNumber()
                && (value.asDouble() < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
                        || value.asDouble() > schema.path("maximum").asDouble(Double.POSITIVE_INFINITY))) {
            faults.add(where + " is out of its bounds: " + value);
        }
        for (int i = 0; value.isArray() && schema.has("items") && i < value.size(); i++) {
            faults.addAll(faults(where + "." + i, value.get(i), schema.path("items")));
        }
        if (value.isObject()) {
            members(where, value, schema, faults);
        }
        return faults;
    }

    private void members(String where, JsonNode value, JsonNode schema, List<String> faults) {
        schema.path("required").forEach(name -> {
            if (!value.has(name.asText())) {
                faults.add(where + " has no " + name.asText());
            }
        });
        JsonNode described = schema.path("properties");
        JsonNode more = schema.path("additionalProperties");
        value.properties().forEach(member -> {
            String place = where + "." + member.getKey();
            if (described.has(member.getKey())) {
                faults.addAll(faults(place, member.getValue(), described.path(member.getKey())));
            } else if (more.isObject()) {
                faults.addAll(faults(place, member.getValue(), more));
            } else if (!described.isMissingNode()) {
                faults.add(place + " is not described");
            }
        });
    }

    private static boolean hasType(JsonNode value, JsonNode schema) {
        JsonNode type = schema.path("type");
        Set<String> types =
                Set.copyOf(type.isArray() ? stream(type).map(JsonNode::asText).toList() : List.of(type.asText("any")));
        return types.contains("any")
                || types.contains("string") && value.isTextual()
                || types.contains("integer") && value.isIntegralNumber()
                || types.contains("number") && value.isNumber()
                || types.contains("boolean") && value.isBoolean()
                || types.contains("array") && value.isArray()
                || types.contains("object") && value.isObject()
                || types.contains("null") && value.isNull();
    }

    private static boolean hasFormat(String text, String format) {
        try {
            if (format.equals("date-time")) {
                Instant.parse(text);
            } else if (format.equals("duration")) {
                Duration.parse(text);
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }
}
