package io.mainstay.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;

/** JSON texts that hold to a schema; or nearly so, if they are to be odd. */
final class JsonValues {

    private static final int MOST_ITEMS = 3;

    private final ApiDocument document;
    private final TextValues texts;
    private final RandomGenerator random;
    private final double oddness;

    /** @param oddness how likely each value, member and number of members is odd */
    JsonValues(ApiDocument document, RandomGenerator random, double oddness) {
        this.document = document;
        this.random = random;
        this.oddness = oddness;
        this.texts = new TextValues(document, random, oddness);
    }

    /** What a request or parameter is an example of; its schema otherwise. */
    String body(JsonNode media) {
        List<JsonNode> examples = new ArrayList<>();
        media.path("examples").forEach(example -> examples.add(example.path("value")));
        if (examples.isEmpty() || random.nextBoolean()) {
            return value("", media.path("schema"));
        }
        String example = like(pick(examples));
        boolean named =
                document.resolve(media.path("schema")).path("properties").has("id");
        // Examples leave the choice of an id to the service; other requests could not mean what it makes.
        return named && example.startsWith("{\"") && random.nextInt(4) > 0
                ? "{" + member("id", TextNode.valueOf(texts.known("id")).toString()) + "," + example.substring(1)
                : example;
    }

    String value(String name, JsonNode reference) {
        JsonNode schema = document.resolve(reference);
        if (isOdd()) {
            return pick(OddValues.JSON);
        }
        JsonNode choices = schema.has("oneOf") ? schema.path("oneOf") : schema.path("anyOf");
        if (schema.has("allOf")) {
            return value(name, schema.at("/allOf/0"));
        } else if (!choices.isMissingNode()) {
            return value(name, choices.get(random.nextInt(choices.size())));
        } else if (schema.path("examples").isArray() && random.nextBoolean()) {
            return like(schema.path("examples")
                    .get(random.nextInt(schema.path("examples").size())));
        }
        return switch (type(schema)) {
            case "string" -> TextNode.valueOf(texts.text(name, schema)).toString();
            case "integer" -> texts.integer(schema);
            case "number" -> random.nextInt(100) + "." + random.nextInt(100);
            case "boolean" -> Boolean.toString(random.nextBoolean());
            case "array" -> array(name, schema);
            case "object" -> object(schema);
            default ->
                pick(List.of(
                        "null", "1", "\"PT0.01S\"", "[1, 2.50]", "{\"duration\": \"PT0.01S\", \"message\": \"no\"}"));
        };
    }

    /** An example, some of its values odd. */
    private String like(JsonNode example) {
        if (isOdd()) {
            return pick(OddValues.JSON);
        } else if (example.isObject()) {
            List<String> members = new ArrayList<>();
            example.properties().forEach(member -> {
                String known = texts.known(member.getKey());
                boolean replace = known != null && member.getValue().isTextual();
                members.add(member(
                        member.getKey(), replace ? TextNode.valueOf(known).toString() : like(member.getValue())));
            });
            return object(members);
        } else if (example.isArray()) {
            return "["
                    + String.join(
                            ",",
                            StreamSupport.stream(example.spliterator(), false)
                                    .map(this::like)
                                    .toList()) + "]";
        }
        return example.toString();
    }

    private String array(String name, JsonNode schema) {
        int least = schema.path("minItems").asInt(0);
        int count = isOdd() ? random.nextInt(300) : least + random.nextInt(MOST_ITEMS + 1);
        List<String> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(value(name, schema.path("items")));
        }
        return "[" + String.join(",", items) + "]";
    }

    private String object(JsonNode schema) {
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        double likely = pick(List.of(0.0, 0.1, 0.4));
        List<String> members = new ArrayList<>();
        schema.path("properties").properties().forEach(property -> {
            boolean wanted =
                    required.contains(property.getKey()) || property.getKey().equals("handler");
            if (wanted ? !isOdd() : random.nextDouble() < likely) {
                members.add(member(property.getKey(), value(property.getKey(), property.getValue())));
            }
        });
        if (schema.path("additionalProperties").isObject()) {
            for (int i = isOdd() ? random.nextInt(100) : 1 + random.nextInt(MOST_ITEMS); i > 0; i--) {
                members.add(member("n" + i, value("", schema.path("additionalProperties"))));
            }
        }
        return object(members);
    }

    private String object(List<String> members) {
        if (isOdd()) {
            members.add(member(pick(OddValues.TEXTS), pick(OddValues.JSON)));
        }
        if (!members.isEmpty() && isOdd()) {
            members.add(pick(members));
        }
        Collections.shuffle(members, new java.util.Random(random.nextLong()));
        return "{" + String.join(",", members) + "}";
    }

    private static String member(String name, String value) {
        return TextNode.valueOf(name) + ":" + value;
    }

    /** Of several types, the first. */
    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return type.get(0).asText();
        }
        return type.asText(
                schema.has("properties") ? "object" : schema.has("const") || schema.has("enum") ? "string" : "");
    }

    private boolean isOdd() {
        return random.nextDouble() < oddness;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
