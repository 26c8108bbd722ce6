package io.mainstay.jobtype.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random schemas and payloads, as text. They have few names and values, so that they meet. Left out is what validators may differ in: formats,
 * regular expressions that Java and ECMA-262
 * read differently, numbers of which a double is not
 * exact, and those that are equal and written differently.
 */
final class RandomSchemas {

    private static final List<String> NAMES = List.of("a", "b", "ab", "c/~d", "é");
    private static final List<String> PATTERNS =
            List.of("^a", "b$", "^(a|b)+$", "^[^a]*$", "a{2,3}", ".", "^$", "\\\\d");
    private static final List<String> TYPES =
            List.of("null", "boolean", "object", "array", "number", "string", "integer");
    private static final List<String> NUMBERS =
            List.of("0", "1", "3", "-1", "1.5", "0.1", "0.3", "2.0", "1e2", "4503599627370496", "-0.25", "1234567.5");
    private static final List<String> TEXTS = List.of("", "a", "b", "ab", "aa", "aab", "ba1", "é", "🚀", "c/~d");
    private static final int DEEPEST = 3;
    private static final int DEFINITIONS = 3;

    private final Random random;

    RandomSchemas(long seed) {
        random = new Random(seed);
    }

    String schema() {
        List<String> members = new ArrayList<>(keywords(0));
        String definitions = IntStream.range(0, DEFINITIONS)
                .mapToObj(i -> "\"d%d\": %s".formatted(i, definition(i)))
                .collect(Collectors.joining(", "));
        members.add("\"$defs\": {" + definitions + "}");
        return "{" + String.join(", ", members) + "}";
    }

    /** Named by an anchor as well, now and then. */
    private String definition(int number) {
        List<String> members = new ArrayList<>(keywords(1));
        members.add("\"$anchor\": \"at%d\"".formatted(number));
        return "{" + String.join(", ", members) + "}";
    }

    String payload() {
        return value(0);
    }

    private String sub(int depth) {
        if (depth >= DEEPEST || oneIn(12)) {
            return oneIn(2) ? "true" : oneIn(2) ? "false" : "{\"type\": %s}".formatted(text(of(TYPES)));
        }
        return "{" + String.join(", ", keywords(depth)) + "}";
    }

    private List<String> keywords(int depth) {
        List<Supplier<String>> all = List.of(
                this::type,
                () -> "\"enum\": [" + some(() -> value(2)) + "]",
                () -> "\"const\": " + value(2),
                () -> number("minimum"),
                () -> number("maximum"),
                () -> number("exclusiveMinimum"),
                () -> number("exclusiveMaximum"),
                () -> "\"multipleOf\": " + of(List.of("1", "2", "0.1", "0.25", "3", "1e1")),
                () -> count("minLength"),
                () -> count("maxLength"),
                () -> "\"pattern\": \"%s\"".formatted(of(PATTERNS)),
                () -> "\"items\": " + sub(depth + 1),
                () -> "\"prefixItems\": [" + some(() -> sub(depth + 1)) + "]",
                () -> "\"contains\": " + sub(depth + 1) + (oneIn(2) ? "" : ", " + bounds("minContains", "maxContains")),
                () -> count("minItems"),
                () -> count("maxItems"),
                () -> "\"properties\": {" + members(NAMES, () -> sub(depth + 1)) + "}",
                () -> "\"patternProperties\": {" + members(PATTERNS, () -> sub(depth + 1)) + "}",
                () -> "\"additionalProperties\": " + sub(depth + 1),
                () -> "\"propertyNames\": " + sub(depth + 1),
                () -> "\"required\": [" + distinct(NAMES) + "]",
                () -> count("minProperties"),
                () -> count("maxProperties"),
                () -> "\"dependentRequired\": {" + members(NAMES, () -> "[" + distinct(NAMES) + "]") + "}",
                () -> "\"dependentSchemas\": {" + members(NAMES, () -> sub(depth + 1)) + "}",
                () -> "\"allOf\": [" + some(() -> sub(depth + 1)) + "]",
                () -> "\"anyOf\": [" + some(() -> sub(depth + 1)) + "]",
                () -> "\"oneOf\": [" + some(() -> sub(depth + 1)) + "]",
                () -> "\"not\": " + sub(depth + 1),
                () -> "\"if\": " + sub(depth + 1) + (oneIn(3) ? "" : ", \"then\": " + sub(depth + 1))
                        + (oneIn(3) ? "" : ", \"else\": " + sub(depth + 1)),
                () -> "\"$ref\": \"#" + of(List.of("/$defs/d", "at")) + random.nextInt(DEFINITIONS) + "\"",
                () -> "\"unevaluatedItems\": " + sub(depth + 1),
                () -> "\"unevaluatedProperties\": " + sub(depth + 1));
        return chosen(all, 1 + random.nextInt(depth == 0 ? 5 : 3));
    }

    /** Different ones. */
    private List<String> chosen(List<Supplier<String>> all, int count) {
        List<Supplier<String>> left = new ArrayList<>(all);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(left.remove(random.nextInt(left.size())).get());
        }
        return made;
    }

    /** The other validator looks for twins among the members of objects, too, so only arrays are to have none. */
    private String type() {
        if (oneIn(4)) {
            return "\"type\": \"array\", \"uniqueItems\": " + !oneIn(4);
        }
        return "\"type\": " + (oneIn(2) ? text(of(TYPES)) : "[" + distinct(TYPES) + "]");
    }

    private String number(String keyword) {
        return "\"%s\": %s".formatted(keyword, of(NUMBERS));
    }

    private String count(String keyword) {
        return "\"%s\": %d".formatted(keyword, random.nextInt(4));
    }

    /** The other validator refuses whatever payload where they contradict one another. */
    private String bounds(String least, String most) {
        int from = random.nextInt(3);
        return "\"%s\": %d, \"%s\": %d".formatted(least, from, most, from + random.nextInt(3));
    }

    private String value(int depth) {
        return switch (random.nextInt(depth < 2 ? 10 : 5)) {
            case 0 -> "null";
            case 1 -> Boolean.toString(oneIn(2));
            case 2 -> of(NUMBERS);
            case 3, 4 -> text(of(TEXTS));
            case 5, 6 -> "[" + (oneIn(6) ? "" : some(() -> value(depth + 1))) + "]";
            default -> "{" + (oneIn(6) ? "" : members(NAMES, () -> value(depth + 1))) + "}";
        };
    }

    /** One to four of them. */
    private String some(Supplier<String> one) {
        return IntStream.rangeClosed(0, random.nextInt(4))
                .mapToObj(i -> one.get())
                .collect(Collectors.joining(", "));
    }

    private String distinct(List<String> of) {
        return names(of).stream().map(RandomSchemas::text).collect(Collectors.joining(", "));
    }

    private String members(List<String> of, Supplier<String> value) {
        return names(of).stream().map(name -> text(name) + ": " + value.get()).collect(Collectors.joining(", "));
    }

    private List<String> names(List<String> of) {
        List<String> left = new ArrayList<>(of);
        List<String> names = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            names.add(left.remove(random.nextInt(left.size())));
        }
        return names;
    }

    private <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private static String text(String plain) {
        return "\"" + plain + "\"";
    }
}
