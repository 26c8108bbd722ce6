package io.mainstay.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Texts and numbers that hold to a schema; or nearly so, if they are to be odd. */
final class TextValues {

    /**
     * What values of a name are taken from, whatever else their schema allows: few, so that requests meet what others have made, and
     * handlers that are there.
     */
    private static final Map<String, List<String>> KNOWN = Map.of(
            "queue", List.of("fuzz-0", "fuzz-1", "fuzz-2", "fuzz-3"),
            "id", List.of("f-0", "f-1", "f-2", "f-3", "fuzzfuzzfuzz"),
            "name", List.of("s-0", "s-1", "s-2"),
            "handler", List.of("echo", "noop", "fail", "sleep", "echo", "noop", "nobody", "s-0"),
            "errorType", List.of("demo", "http-503"),
            "prefix", List.of("fuzz", "f"),
            "cursor",
                    List.of(
                            "5.0_f-1",
                            "1764000000000_f-2",
                            "-Infinity_f-1",
                            "NaN_f-1",
                            "1d_f-1",
                            "0x1p3_f-1",
                            "1e999_f-1",
                            "fuzz-1",
                            "fuzz-1/5_f-1",
                            "fuzz-1/1764000000000_0123456789abcdef",
                            "1764000000000@5_f-1",
                            "s-1"),
            "cron", List.of("* * * * * *", "@daily", "30 2 * * MON-FRI", "*/5 * * * *"),
            "timeZone", List.of("UTC", "Europe/Berlin", "America/New_York"),
            "url", List.of("http://127.0.0.1:9/hook", "https://example.org/hook"));

    private static final List<String> DURATIONS =
            List.of("PT0S", "PT0.001S", "PT0.1S", "PT1S", "PT1M", "PT10M", "P1D", "P30D", "P365D");
    private static final List<String> INSTANTS =
            List.of("2020-01-01T00:00:00Z", "2026-11-28T12:00:00.123Z", "2030-01-01T00:00:00Z", "2100-12-31T23:59:59Z");
    private static final List<String> WORDS =
            List.of("a", "hello", "fuzz-1", "end", "start", "PT1M", "payload,result", "wait=1");

    private final ApiDocument document;
    private final RandomGenerator random;
    private final double oddness;

    TextValues(ApiDocument document, RandomGenerator random, double oddness) {
        this.document = document;
        this.random = random;
        this.oddness = oddness;
    }

    /** Of a parameter; the text of a number, too. */
    String parameter(String name, JsonNode reference) {
        JsonNode schema = document.resolve(reference);
        return schema.path("type").asText().equals("integer") && !isOdd() ? integer(schema) : text(name, schema);
    }

    String text(String name, JsonNode schema) {
        if (isOdd()) {
            return pick(OddValues.TEXTS);
        }
        String known = known(name);
        JsonNode choices = schema.path("enum");
        if (known != null && choices.isMissingNode()) {
            return known;
        } else if (schema.has("const")) {
            return schema.path("const").asText();
        } else if (choices.isArray()) {
            return choices.get(random.nextInt(choices.size())).asText();
        } else if (schema.has("pattern")) {
            return PatternText.matching(schema.path("pattern").asText(), random).orElseGet(() -> pick(WORDS));
        }
        return switch (schema.path("format").asText()) {
            case "duration" -> pick(DURATIONS);
            case "date-time" -> pick(INSTANTS);
            default ->
                schema.path("type").asText().equals("boolean") ? Boolean.toString(random.nextBoolean()) : pick(WORDS);
        };
    }

    /** @return null if any value would do */
    String known(String name) {
        List<String> values = KNOWN.get(name);
        return values == null ? null : pick(values);
    }

    String integer(JsonNode schema) {
        long least = schema.path("minimum").asLong(0);
        long most = schema.path("maximum").asLong(Math.max(least, 100));
        if (isOdd()) {
            return pick(List.of(least - 1, most + 1, least - 1_000_000, most * 2))
                    .toString();
        }
        return switch (random.nextInt(6)) {
            case 0 -> Long.toString(least);
            case 1 -> Long.toString(most);
            default -> Long.toString(least + random.nextLong(Math.min(most - least, 20) + 1));
        };
    }

    private boolean isOdd() {
        return random.nextDouble() < oddness;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
