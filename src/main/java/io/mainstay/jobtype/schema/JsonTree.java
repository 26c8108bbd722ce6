package io.mainstay.jobtype.schema;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON text as maps, lists, strings, booleans and numbers that are exact. Numbers have no zeros at their end, so two that
 * are equal are equal here. Whoever gives the text vouches that it is valid and not too deep, as {@code StrictJson} has it.
 */
final class JsonTree {

    /** JSON's null. */
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final int CHARACTERS_A_STEP = 16;

    private JsonTree() {}

    /** @throws OutOfBoundsException if it has a number that no arithmetic should be done with */
    static Object of(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return value(parser);
        } catch (IOException | ArithmeticException | NumberFormatException e) {
            // Thousands of digits, or an exponent beyond 32 bits.
            throw new OutOfBoundsException("has a number or text that is too long to be checked");
        }
    }

    /** How many values it has in it, itself among them; a long text counts for several. */
    static int weight(Object value) {
        if (value instanceof String text) {
            return 1 + text.length() / CHARACTERS_A_STEP;
        }
        int weight = 1;
        if (value instanceof List<?> items) {
            for (Object item : items) {
                weight += weight(item);
            }
        } else if (value instanceof Map<?, ?> members) {
            for (Object member : members.values()) {
                weight += 1 + weight(member);
            }
        }
        return weight;
    }

    /** For people. */
    static String describe(Object value) {
        if (value instanceof Map) {
            return "an object";
        } else if (value instanceof List) {
            return "an array";
        } else if (value instanceof String) {
            return "a string";
        } else if (value instanceof BigDecimal) {
            return "a number";
        }
        return value == NULL ? "null" : "a boolean";
    }

    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> NULL;
            default -> new BigDecimal(parser.getText()).stripTrailingZeros();
        };
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return members;
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(parser));
        }
        return items;
    }
}
