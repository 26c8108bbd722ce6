package io.mainstay.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "[]",
                "{}",
                "\"\"",
                "0",
                "-0.0",
                "1.50",
                "9007199254740993",
                "123456789012345678901234567890",
                "0.1000000000000000055511151231257827",
                "1e-30",
                "1E+400",
                "[1,[2,{\"a\":null}],\"b\"]",
                "{\"żółć\":{\"\":[]},\"🚀\":\"\u2028\"}",
                "\"\\\\\\\"\\u0001\\ud800\"",
            })
    void textComesOutAsItCameIn(String text) {
        assertEquals(text, JsonValue.parse(text).text());
        assertEquals(text, JsonValue.parse(" \t\r\n" + text + " ").text());
    }

    @Test
    void escapesAreRead() {
        String json = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83d\\ude80\"";

        assertEquals("\"\\/\b\f\n\r\té🚀", JsonValue.parse(json).asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "tru",
                "[",
                "[1,]",
                "[1 2]",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{a:1}",
                "'a'",
                "\"",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\n\"",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "-",
                "NaN",
                "1 2",
                "[1]]",
                "٣"
            })
    void whatIsNoJsonIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> JsonValue.parse(text));
    }

    @Test
    void nestingIsBounded() {
        assertThrows(IllegalArgumentException.class, () -> JsonValue.parse("[".repeat(100_000)));
    }

    @Test
    void valuesOfJavaBecomeJson() {
        JsonValue json = JsonValue.object("a", 1, "b", Arrays.asList("x", null, true), "c", new BigDecimal("1.50"));

        assertEquals("{\"a\":1,\"b\":[\"x\",null,true],\"c\":1.50}", json.text());
        assertEquals(1, json.get("a").asInt());
        assertEquals(
                List.of(JsonValue.of("x"), JsonValue.NULL, JsonValue.of(true)),
                json.get("b").items());
        assertEquals(JsonValue.NULL, json.get("d"));
        assertThrows(IllegalArgumentException.class, () -> JsonValue.of(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> JsonValue.of(new Object()));
    }

    @Test
    void numbersAreNotRounded() {
        assertEquals(9007199254740993L, JsonValue.parse("9007199254740993").asLong());
        assertThrows(ArithmeticException.class, () -> JsonValue.parse("1.5").asLong());
        assertThrows(ArithmeticException.class, () -> JsonValue.parse("9223372036854775808")
                .asLong());
        assertThrows(IllegalStateException.class, () -> JsonValue.parse("\"1\"").asLong());
    }
}
