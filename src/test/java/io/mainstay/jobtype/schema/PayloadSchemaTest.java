package io.mainstay.jobtype.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.InvalidValueException.Fault;
import io.mainstay.job.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a payload, and that no schema and no payload takes long. */
class PayloadSchemaTest {

    private static final String MAIL = """
            {"type": "object", "required": ["to", "subject"], "additionalProperties": false,
             "properties": {"to": {"type": "array", "items": {"type": "string", "pattern": "^[^@]+@[^@]+$"}},
                            "subject": {"type": "string", "maxLength": 5}, "a/b~": {"type": "null"}}}""";

    @Test
    void faultsAreToldWithTheirPlace() {
        assertThat(faults(MAIL, "{\"to\": [\"a@b\", 7], \"a/b~\": 1, \"more\": true}"))
                .containsExactlyInAnyOrder(
                        new Fault("/to/1", "type", "must be of type string, but is a number"),
                        new Fault("/a~1b~0", "type", "must be of type null, but is a number"),
                        new Fault("/more", "additionalProperties", "must not be present"),
                        new Fault("", "required", "must have the property subject"));
        assertThat(faults(MAIL, "{\"to\": [], \"subject\": \"12345\"}")).isEmpty();
    }

    @Test
    void noValueIsQuoted() {
        String schema = """
                {"properties": {"a": {"enum": [1]}, "b": {"const": 2}, "c": {"pattern": "^x$"}, "d": {"maxLength": 1},
                 "e": {"maximum": 3}, "f": {"multipleOf": 2}, "g": {"uniqueItems": true}, "h": {"not": {}},
                 "i": {"anyOf": [false, false]}, "j": {"contains": false}}}""";
        String payload = """
                {"a": "secret", "b": "secret", "c": "secret", "d": "secret", "e": 7654321, "f": 7654321,
                 "g": ["secret", "secret"], "h": "secret", "i": "secret", "j": ["secret"]}""";

        assertThat(faults(schema, payload)).hasSize(10).allSatisfy(fault -> assertThat(fault.message())
                .doesNotContain("secret", "7654321"));
    }

    @Test
    void equalItemsAreFoundBehindOthers() {
        String unique = "{\"uniqueItems\": true}";

        assertThat(faults(unique, "[true, null, false]")).isEmpty();
        for (String twice : List.of("[true, null, null]", "[null, true, false, true]", "[false, null, true, false]")) {
            assertThat(faults(unique, twice)).as(twice).hasSize(1);
        }
    }

    @Test
    void tenFaultsAreToldAtMost() {
        String items = IntStream.range(0, 1000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        assertThat(faults("{\"items\": {\"type\": \"string\"}}", items)).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"const\": 9007199254740993}           | 9007199254740993 | 9007199254740992",
                "{\"maximum\": 9007199254740992}         | 9007199254740992 | 9007199254740993",
                "{\"maximum\": 1e400}                    | 1e400            | 1.0000001e400",
                "{\"type\": \"integer\"}                 | 1e400            | 1e-400",
                "{\"multipleOf\": 1e-400}                | 1e400            | 1e-401",
                "{\"multipleOf\": 3e999999999}           | 6e999999999      | 1e999999999",
                "{\"multipleOf\": 0.01}                  | 4.35             | 4.355",
                "{\"minimum\": -1e999999999}             | -1e999999999     | -2e999999999",
                "{\"const\": 1.50}                       | 15e-1            | 1.51"
            })
    void numbersAreExact(String schema, String fits, String fitsNot) {
        assertThat(faults(schema, fits)).isEmpty();
        assertThat(faults(schema, fitsNot)).hasSize(1);
    }

    @Test
    void numberBeyondAllBoundsIsRefused() {
        assertThat(faults("{}", "1e99999999999")).extracting(Fault::keyword).containsExactly("limit");
        assertThat(faults("{}", "1".repeat(5000))).extracting(Fault::keyword).containsExactly("limit");
    }

    /** Java's own engine takes years for the first of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {"^(a+)+$", "^(a|a)*$", "^(a|aa)+$", "(.*a){12}$", "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y"})
    void evilPatternsTakeNoTime(String pattern) {
        String text = "\"" + "a".repeat(2_000) + "!\"";
        Run run = new Run();

        assertThat(of("{\"pattern\": \"%s\"}".formatted(pattern)).faults(new Json(text), run))
                .hasSize(1);
        assertThat(run.steps()).isLessThan(100_000);
    }

    @Test
    void longTextsTakeAsManyStepsAsTheyMay() {
        String text = "\"" + "a".repeat(100_000) + "\"";

        assertThat(faults("{\"pattern\": \"^(a+)+$\"}", text)).isEmpty();
        assertThat(faults("{\"pattern\": \"(.*){1000}b\"}", text))
                .extracting(Fault::keyword)
                .containsExactly("limit");
    }

    @ParameterizedTest
    @CsvSource({
        "^ab,      ab,    true",
        "^ab,      cab,   false",
        "^ab|cd,   xcd,   true",
        "^(ab|cd), xcd,   false",
        "a^b,      ab,    false",
        "ab$,      aab,   true",
        "ab$,      abc,   false",
        "^$,       '',    true",
        "^a?b*c+$, bbcc,  true",
        "^a{2}$,   aaa,   false",
        "^a{2;}$,  aaa,   true"
    })
    void patternsAreFoundWhereTheyMayBe(String pattern, String text, boolean found) {
        String schema = "{\"pattern\": \"%s\"}".formatted(pattern.replace(';', ','));

        assertThat(faults(schema, "\"" + text + "\"").isEmpty()).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "(((){9999}){9999}){9999}",
                "((((((a{9}){9}){9}){9}){9}){9}){9}",
                "(?=a)b",
                "(?<!a)b",
                "(a)\\\\1",
                "(?i)a",
                "a**",
                "(a",
                "a)",
                "[a",
                "[z-a]",
                "a{3,2}",
                "\\\\p{Nonsense}",
                "\\\\u12"
            })
    void patternsThatCannotBeBoundedAreRefused(String pattern) {
        assertThatThrownBy(() -> of("{\"properties\": {\"x\": {\"pattern\": \"%s\"}}}".formatted(pattern)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("schema.properties.x.pattern ");
    }

    @Test
    void fiftyThousandItemsAreComparedInTime() {
        String numbers =
                IntStream.range(0, 50_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));

        assertThat(faults("{\"uniqueItems\": true}", numbers)).isEmpty();
        assertThat(faults("{\"uniqueItems\": true}", numbers.replace("]", ",7]")))
                .containsExactly(new Fault("", "uniqueItems", "must have no item twice, but 50000 equals 7"));
    }

    /** All of these have the same hash code in Java. */
    @Test
    void itemsMadeToCollideAreComparedInTime() {
        String items = IntStream.range(0, 1 << 13)
                .mapToObj(i -> IntStream.range(0, 13)
                        .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : "BB")
                        .collect(Collectors.joining("", "[\"", "\"]")))
                .collect(Collectors.joining(",", "[", "]"));
        Run run = new Run();

        assertThat(of("{\"uniqueItems\": true}").faults(new Json(items), run)).isEmpty();
        assertThat(run.steps()).isLessThan(50_000);
    }

    @Test
    void schemasThatMultiplyAreCutShort() {
        StringBuilder defs = new StringBuilder("{\"$ref\": \"#/$defs/d0\", \"$defs\": {");
        for (int i = 0; i < 60; i++) {
            defs.append("\"d%d\": {\"anyOf\": [{\"$ref\": \"#/$defs/d%d\"}, {\"$ref\": \"#/$defs/d%d\"}]},"
                    .formatted(i, i + 1, i + 1));
        }
        defs.append("\"d60\": false}}");

        assertThat(faults(defs.toString(), "1")).extracting(Fault::keyword).containsExactly("limit");
    }

    @Test
    void deepPayloadsFitDeepSchemas() {
        String tree = "{\"anyOf\": [{\"type\": \"null\"}, {\"properties\": {\"next\": {\"$ref\": \"#\"}}}]}";
        String payload = "{\"next\": ".repeat(90) + "null" + "}".repeat(90);

        assertThat(faults(tree, payload)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"#\"}",
                "{\"$ref\": \"#/$defs/a\", \"$defs\": {\"a\": {\"allOf\": [{\"$ref\": \"#/$defs/a\"}]}}}",
                "{\"not\": {\"$ref\": \"#\"}}",
                "{\"$dynamicAnchor\": \"x\", \"if\": {\"$dynamicRef\": \"#x\"}}"
            })
    void schemasThatLeadToThemselvesAreRefused(String schema) {
        assertThatThrownBy(() -> of(schema)).hasMessageContaining("does not refer to itself");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$ref\": \"https://example.org/schema\"}",
                "{\"$ref\": \"other.json#/a\"}",
                "{\"$ref\": \"file:///etc/passwd\"}",
                "{\"$dynamicRef\": \"https://example.org/schema#x\"}",
                "{\"$schema\": \"http://json-schema.org/draft-07/schema#\"}",
                "{\"properties\": {\"a\": {\"$id\": \"https://example.org/a\"}}}",
                "{\"$ref\": \"#/nowhere\"}",
                "{\"$ref\": \"#nobody\"}",
                "{\"$ref\": \"#%zz\"}",
                "{\"type\": \"text\"}",
                "{\"type\": []}",
                "{\"required\": \"a\"}",
                "{\"minLength\": -1}",
                "{\"minLength\": 1.5}",
                "{\"multipleOf\": 0}",
                "{\"properties\": []}",
                "{\"allOf\": []}",
                "{\"allOf\": {}}",
                "{\"items\": [true]}",
                "{\"additionalProperties\": 1}",
                "{\"patternProperties\": {\"(\": true}}",
                "7",
                "[]",
                "null"
            })
    void whatIsNoSchemaOfOursIsRefused(String schema) {
        assertThatThrownBy(() -> of(schema))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).startsWith("schema"));
    }

    @Test
    void schemasAreBounded() {
        String many = IntStream.range(0, 2_500)
                .mapToObj(i -> "\"p" + i + "\": {}")
                .collect(Collectors.joining(",", "{\"properties\": {", "}}"));
        String deep = "{\"items\": ".repeat(60) + "true" + "}".repeat(60);
        String large = "{\"title\": \"" + "x".repeat(70_000) + "\"}";
        String patterns = IntStream.range(0, 200)
                .mapToObj(i -> "\"p" + i + "\": true")
                .collect(Collectors.joining(",", "{\"patternProperties\": {", "}}"));
        String pattern = "{\"pattern\": \"" + "x".repeat(1_001) + "\"}";

        List.of(many, deep, large, patterns, pattern)
                .forEach(schema -> assertThatThrownBy(() -> of(schema)).isInstanceOf(InvalidValueException.class));
    }

    private static PayloadSchema of(String schema) {
        return PayloadSchema.of(new Json(schema));
    }

    private static List<Fault> faults(String schema, String payload) {
        return of(schema).faults(new Json(payload));
    }
}
