package io.mainstay.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The description that the service gives of its API (OpenAPI). */
final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode root;

    ApiDocument(String json) {
        try {
            root = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + json, e);
        }
    }

    /** In the order of the description, which is by path. */
    List<ApiOperation> operations() {
        List<ApiOperation> operations = new ArrayList<>();
        root.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> METHODS.contains(method.getKey()))
                .forEach(method ->
                        operations.add(operation(method.getKey(), path.getKey(), path.getValue(), method.getValue()))));
        return operations;
    }

    /** One that is shared, by its name. */
    JsonNode schema(String name) {
        return root.path("components").path("schemas").path(name);
    }

    /** What it refers to, if it is a reference. */
    JsonNode resolve(JsonNode node) {
        JsonNode resolved = node;
        while (resolved.has("$ref")) {
            resolved = root.at(resolved.path("$ref").asText().substring(1));
        }
        return resolved;
    }

    private ApiOperation operation(String method, String path, JsonNode shared, JsonNode described) {
        List<JsonNode> parameters = new ArrayList<>();
        shared.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
        described.path("parameters").forEach(parameter -> parameters.add(resolve(parameter)));
        Map<String, JsonNode> bodies = new LinkedHashMap<>();
        resolve(described.path("requestBody"))
                .path("content")
                .properties()
                .forEach(body -> bodies.put(body.getKey(), body.getValue()));
        Map<Integer, JsonNode> answers = new TreeMap<>();
        described
                .path("responses")
                .properties()
                .forEach(answer -> answers.put(Integer.valueOf(answer.getKey()), resolve(answer.getValue())));
        return new ApiOperation(method.toUpperCase(Locale.ROOT), path, parameters, bodies, answers);
    }
}
