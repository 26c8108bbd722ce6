package io.mainstay.jobtype.schema;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code type}, {@code enum}, {@code const}. */
final class TypeKeywords {

    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string", "integer");

    private TypeKeywords() {}

    static void add(Place place) {
        if (place.has("type")) {
            type(place);
        }
        if (place.has("enum")) {
            Set<Object> values = new HashSet<>(place.list("enum", place.value("enum")));
            String message = "must be one of the %d values that the schema lists".formatted(values.size());
            place.node.add((value, run, seen) -> {
                run.spend(JsonTree.weight(value));
                return values.contains(value) || run.wrong("enum", message);
            });
        }
        if (place.has("const")) {
            Object only = place.value("const");
            place.node.add((value, run, seen) -> {
                run.spend(JsonTree.weight(value));
                return only.equals(value) || run.wrong("const", "must be the value that the schema gives");
            });
        }
    }

    private static void type(Place place) {
        Object value = place.value("type");
        List<String> types = value instanceof String one ? List.of(one) : place.texts("type", value);
        if (types.isEmpty() || !TYPES.containsAll(types)) {
            place.fail("type", "one or more of null, boolean, object, array, number, string and integer");
        }
        String message = "must be of type " + String.join(" or ", types) + ", but is ";
        place.node.add((each, run, seen) ->
                types.stream().anyMatch(type -> is(type, each)) || run.wrong("type", message + described(each, types)));
    }

    private static boolean is(String type, Object value) {
        return switch (type) {
            case "null" -> value == JsonTree.NULL;
            case "boolean" -> value instanceof Boolean;
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "number" -> value instanceof BigDecimal;
            // 1.0 is a whole number, too.
            default -> value instanceof BigDecimal number && number.scale() <= 0;
        };
    }

    private static String described(Object value, List<String> types) {
        boolean fraction = value instanceof BigDecimal && types.contains("integer");
        return fraction ? "a number that is not whole" : JsonTree.describe(value);
    }
}
