package io.mainstay.rest.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The operations that the API description has. */
record OpenApi(JsonNode document) {

    /**
     * One of them.
     *
     * @param queries what can be asked of it: each documented value of each parameter
     */
    record Operation(String id, String method, String path, List<String> queries, boolean takesBody) {}

    static OpenApi of(ApiCalls anybody) throws IOException {
        String text = anybody.get("/q/openapi?format=json").text();
        return new OpenApi(new ObjectMapper().readTree(text.substring(text.indexOf('\n') + 1)));
    }

    List<Operation> operations() {
        List<Operation> all = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (operation.getValue().has("operationId")) {
                        all.add(new Operation(
                                operation.getValue().path("operationId").asText(),
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                queries(operation.getValue().path("parameters")),
                                operation.getValue().has("requestBody")));
                    }
                }));
        return all;
    }

    private List<String> queries(JsonNode parameters) {
        Set<String> queries = new TreeSet<>(Set.of(""));
        for (JsonNode each : parameters) {
            JsonNode parameter = each.has("$ref") ? resolved(each) : each;
            if (parameter.path("in").asText().equals("query")) {
                String name = parameter.path("name").asText();
                for (JsonNode value : resolved(parameter.path("schema")).path("enum")) {
                    queries.add("?" + name + "=" + value.asText());
                }
            }
        }
        return List.copyOf(queries);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
