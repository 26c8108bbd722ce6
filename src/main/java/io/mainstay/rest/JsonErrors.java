package io.mainstay.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.util.regex.Pattern;

/** How {@link StrictJson} says what is wrong, and where. */
final class JsonErrors {

    private static final int SHOWN = 200;
    /** What the parser says to who programs it: how its own options would let the text pass. */
    private static final Pattern ADVICE = Pattern.compile("(?s)(?::| \\()\\s*(?:consider enabling|enable|maybe a) .*");

    private JsonErrors() {}

    static String reason(JsonProcessingException e) {
        if (e instanceof JsonEOFException) {
            return "the JSON text ends too early";
        }
        if (e instanceof StreamConstraintsException) {
            return "the JSON text is nested deeper than %d levels, or has a name or number too long"
                    .formatted(StrictJson.DEEPEST);
        }
        return shorten(ADVICE.matcher(e.getOriginalMessage()).replaceFirst(""));
    }

    static String describe(JsonToken token) {
        if (token == null) {
            return "missing";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    static String at(JsonLocation location) {
        return location == null ? "" : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }

    static String shorten(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
