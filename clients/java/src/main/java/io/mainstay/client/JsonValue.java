package io.mainstay.client;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A JSON value. Numbers are kept as they are written, so that none loses a digit: 2<sup>53</sup>+1 and 1.50 come out as they came in.
 * Immutable. To use a JSON library of your own, give it {@link #text()}, and create payloads and results with {@link #parse}.
 */
public final class JsonValue {

    public static final JsonValue NULL = new JsonValue(null);

    /** Map of members, list of items, text, {@link Literal}, Boolean, or null. */
    private final Object value;

    /** A number as it is written. */
    record Literal(String text) {}

    private JsonValue(Object value) {
        this.value = value;
    }

    /** @throws IllegalArgumentException if it is not valid JSON */
    public static JsonValue parse(String text) {
        return new JsonParser(text).parse();
    }

    /** An object of names and values in turn: {@code object("to", "ada", "pages", 3)}. */
    public static JsonValue object(Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("the last name has no value");
        }
        Map<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            members.put((String) namesAndValues[i], of(namesAndValues[i + 1]));
        }
        return ofMembers(members);
    }

    public static JsonValue array(Object... items) {
        return of(List.of(items));
    }

    /**
     * The JSON of a text, number, Boolean, map, list or null; a JsonValue is itself.
     *
     * @throws IllegalArgumentException if it is of another type, or a number that JSON does not have
     */
    public static JsonValue of(Object java) {
        if (java instanceof JsonValue json) {
            return json;
        } else if (java == null) {
            return NULL;
        } else if (java instanceof String || java instanceof Boolean) {
            return new JsonValue(java);
        } else if (java instanceof Number) {
            return ofNumber(java.toString());
        } else if (java instanceof Map<?, ?> map) {
            Map<String, JsonValue> members = new LinkedHashMap<>();
            map.forEach((name, member) -> members.put((String) name, of(member)));
            return ofMembers(members);
        } else if (java instanceof Iterable<?> list) {
            List<JsonValue> items = new ArrayList<>();
            list.forEach(item -> items.add(of(item)));
            return ofItems(items);
        }
        throw new IllegalArgumentException("no JSON for a " + java.getClass().getName());
    }

    static JsonValue ofNumber(String text) {
        if (!JsonParser.isNumber(text)) {
            throw new IllegalArgumentException("JSON has no number " + text);
        }
        return ofLiteral(text);
    }

    /** @param number surely one of JSON */
    static JsonValue ofLiteral(String number) {
        return new JsonValue(new Literal(number));
    }

    static JsonValue ofMembers(Map<String, JsonValue> members) {
        return new JsonValue(Collections.unmodifiableMap(members));
    }

    static JsonValue ofItems(List<JsonValue> items) {
        return new JsonValue(Collections.unmodifiableList(items));
    }

    public boolean isNull() {
        return value == null;
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isArray() {
        return value instanceof List;
    }

    public boolean isString() {
        return value instanceof String;
    }

    public boolean isNumber() {
        return value instanceof Literal;
    }

    public boolean isBoolean() {
        return value instanceof Boolean;
    }

    /** The member of that name; {@link #NULL} if there is none, or this is no object. */
    public JsonValue get(String name) {
        return members().getOrDefault(name, NULL);
    }

    /** Members in their order; none if this is no object. */
    @SuppressWarnings("unchecked")
    public Map<String, JsonValue> members() {
        return isObject() ? (Map<String, JsonValue>) value : Map.of();
    }

    /** Items in their order; none if this is no array. */
    @SuppressWarnings("unchecked")
    public List<JsonValue> items() {
        return isArray() ? (List<JsonValue>) value : List.of();
    }

    /** @throws IllegalStateException if it is no string */
    public String asString() {
        return expect(String.class, "a string");
    }

    /** The string, or what is given if it is none. */
    public String asString(String otherwise) {
        return value instanceof String text ? text : otherwise;
    }

    /** @throws IllegalStateException if it is neither true nor false */
    public boolean asBoolean() {
        return expect(Boolean.class, "true or false");
    }

    /**
     * @throws IllegalStateException if it is no number
     * @throws ArithmeticException if it is not a whole number that fits
     */
    public int asInt() {
        return asBigDecimal().intValueExact();
    }

    /**
     * @throws IllegalStateException if it is no number
     * @throws ArithmeticException if it is not a whole number that fits
     */
    public long asLong() {
        return asBigDecimal().longValueExact();
    }

    /** @throws IllegalStateException if it is no number */
    public BigDecimal asBigDecimal() {
        return new BigDecimal(expect(Literal.class, "a number").text());
    }

    private <T> T expect(Class<T> type, String what) {
        if (!type.isInstance(value)) {
            throw new IllegalStateException("not " + what + ": " + shortText());
        }
        return type.cast(value);
    }

    private String shortText() {
        String text = text();
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** As JSON text. */
    public String text() {
        StringBuilder out = new StringBuilder();
        JsonWriter.write(value, out);
        return out.toString();
    }

    Object value() {
        return value;
    }

    /** Same members in any order, same items, same texts; numbers are the same if they are written alike. */
    @Override
    public boolean equals(Object other) {
        return other instanceof JsonValue json && Objects.equals(value, json.value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    /** {@link #text()}. */
    @Override
    public String toString() {
        return text();
    }
}
