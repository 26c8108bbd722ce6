package io.mainstay.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a request body in one pass, and takes nothing that is not exactly what it should be: unknown or duplicate
 * fields (RFC 7493), values of another type and anything after the end are errors that name field and place.
 * A {@code null} is the same as an absent field.
 *
 * <p>Streaming instead of data binding, because a payload is to be kept as the bytes that came, which a tree or a
 * bound object would lose, and because it is the cheapest way to read a body.
 */
public final class StrictJson {

    static final int DEEPEST = 100;

    // Names are not interned: callers choose them, and what is interned is hard to get rid of.
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // JSON between systems is in UTF-8 (RFC 8259, 8.1).
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private final byte[] body;
    private final JsonParser parser;

    private StrictJson(byte[] body, JsonParser parser) {
        this.body = body;
        this.parser = parser;
    }

    /** Takes the value of one field of an object, or calls {@link #unknownField()}. */
    @FunctionalInterface
    public interface Fields {
        void take(String name, StrictJson json) throws IOException;
    }

    /** Reads a body that is one JSON object in UTF-8, after a byte order mark or not. */
    public static void read(byte[] bytes, Fields fields) throws IOException {
        byte[] body = Utf8.withoutMark(bytes);
        if (!Utf8.isValid(body)) {
            // The parser would take some of it, and the text kept would not be what came.
            throw new MalformedRequestException("malformed-json", "", "the body is not in UTF-8");
        }
        try (JsonParser parser = FACTORY.createParser(body)) {
            StrictJson json = new StrictJson(body, parser);
            try {
                parser.nextToken();
                json.expect(JsonToken.START_OBJECT, "an object");
                json.object(fields);
                if (parser.nextToken() != null) {
                    throw json.malformed("something follows the end of the object", parser.currentTokenLocation());
                }
            } catch (JsonProcessingException e) {
                throw json.malformed(JsonErrors.reason(e), e.getLocation());
            }
        }
    }

    /** Reads the current value as an object; false if it is null. */
    public boolean object(Fields fields) throws IOException {
        if (isNull()) {
            return false;
        }
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.take(name, this);
        }
        return true;
    }

    public String text() throws IOException {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.VALUE_STRING, "a string");
        return parser.getText();
    }

    public Integer integer() throws IOException {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.VALUE_NUMBER_INT, "a whole number");
        if (parser.getNumberType() != JsonParser.NumberType.INT) {
            throw new InvalidValueException(field(), parser.getText(), "a whole number of 32 bits");
        }
        return parser.getIntValue();
    }

    public Boolean flag() throws IOException {
        if (isNull()) {
            return null;
        }
        if (parser.currentToken() != JsonToken.VALUE_FALSE) {
            expect(JsonToken.VALUE_TRUE, "true or false");
        }
        return parser.getBooleanValue();
    }

    /** A duration to the millisecond, the finest the store keeps. */
    public Duration duration() throws IOException {
        String text = text();
        try {
            // To milliseconds and back, for that is what everybody counts in: more than these can count is none.
            return text == null ? null : Duration.ofMillis(Duration.parse(text).toMillis());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new InvalidValueException(field(), text, "an ISO-8601 duration such as PT1M30S");
        }
    }

    public List<String> texts() throws IOException {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.START_ARRAY, "an array of strings");
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.VALUE_STRING, "a string");
            texts.add(parser.getText());
        }
        return texts;
    }

    public List<Duration> durations() throws IOException {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.START_ARRAY, "an array of durations");
        List<Duration> durations = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect(JsonToken.VALUE_STRING, "a string");
            durations.add(duration());
        }
        return durations;
    }

    /** The elements of an array, each as the very text that came; null if there is none. */
    public List<Json> items() throws IOException {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.START_ARRAY, "an array");
        List<Json> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(raw());
        }
        return items;
    }

    public Instant instant() throws IOException {
        String text = text();
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new InvalidValueException(field(), text, "an ISO-8601 instant such as 2026-01-31T12:00:00Z");
        }
    }

    /** Any value, as the very text that came; JSON's null included. */
    public Json raw() throws IOException {
        long start = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        long end = parser.currentLocation().getByteOffset();
        return new Json(new String(body, (int) start, (int) (end - start), StandardCharsets.UTF_8));
    }

    /** An object, as the very text that came. */
    public Json rawObject() throws IOException {
        if (isNull()) {
            return null;
        }
        expect(JsonToken.START_OBJECT, "an object");
        return raw();
    }

    public MalformedRequestException unknownField() {
        return new MalformedRequestException(
                "unknown-field", field(), "unknown field " + field() + JsonErrors.at(parser.currentTokenLocation()));
    }

    /** @param allowed in words */
    public MalformedRequestException unknownValue(String value, String allowed) {
        return new MalformedRequestException(
                "unknown-value",
                field(),
                "%s is '%s', but must be %s%s"
                        .formatted(
                                field(),
                                JsonErrors.shorten(value),
                                allowed,
                                JsonErrors.at(parser.currentTokenLocation())));
    }

    private boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private void expect(JsonToken wanted, String description) {
        JsonToken token = parser.currentToken();
        if (token != wanted) {
            String what = field().isEmpty() ? "the body" : field();
            throw new MalformedRequestException(
                    "wrong-type",
                    field(),
                    "%s must be %s, but is %s%s"
                            .formatted(
                                    what,
                                    description,
                                    JsonErrors.describe(token),
                                    JsonErrors.at(parser.currentTokenLocation())));
        }
    }

    private MalformedRequestException malformed(String reason, JsonLocation location) {
        return new MalformedRequestException("malformed-json", field(), reason + JsonErrors.at(location));
    }

    /** Where the parser is, in the dotted form that other messages use: {@code backoff.delays.0}. */
    private String field() {
        String pointer = parser.getParsingContext().pathAsPointer().toString();
        return pointer.isEmpty() ? "" : JsonErrors.shorten(pointer.substring(1).replace('/', '.'));
    }
}
