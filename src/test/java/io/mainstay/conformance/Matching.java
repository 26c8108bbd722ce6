package io.mainstay.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Whether an answer is as a scenario wants it. */
final class Matching {

    private static final String HAS = "$has";

    private Matching() {}

    /** Where it is not, and what is there; empty if it matches. */
    static Optional<String> mismatch(JsonNode actual, JsonNode expected) {
        return mismatches(actual, expected, "").findFirst();
    }

    private static Stream<String> mismatches(JsonNode actual, JsonNode expected, String at) {
        if (expected.isNull()) {
            return differs(!actual.isNull() && !actual.isMissingNode(), actual, expected, at);
        }
        if (expected.isNumber()) {
            boolean same = actual.isNumber() && actual.decimalValue().compareTo(expected.decimalValue()) == 0;
            return differs(!same, actual, expected, at);
        }
        if (expected.has(HAS)) {
            boolean all = elements(expected.path(HAS)).allMatch(wanted -> elements(actual)
                    .anyMatch(element -> mismatch(element, wanted).isEmpty()));
            return differs(!all, actual, expected, at);
        }
        if (expected.isObject()) {
            return expected.properties().stream().flatMap(field -> field(actual, field, at));
        }
        if (expected.isArray() && actual.isArray() && actual.size() == expected.size()) {
            return IntStream.range(0, expected.size())
                    .boxed()
                    .flatMap(i -> mismatches(actual.path(i), expected.path(i), at + "/" + i));
        }
        return differs(!actual.equals(expected), actual, expected, at);
    }

    private static Stream<String> field(JsonNode actual, Map.Entry<String, JsonNode> field, String at) {
        return mismatches(actual.path(field.getKey()), field.getValue(), at + "/" + field.getKey());
    }

    private static Stream<String> differs(boolean differs, JsonNode actual, JsonNode expected, String at) {
        return differs ? Stream.of("%s is %s, not %s".formatted(at, actual, expected)) : Stream.empty();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
