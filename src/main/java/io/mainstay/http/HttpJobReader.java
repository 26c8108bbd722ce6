package io.mainstay.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mainstay.http.url.TargetUrl;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads the payload of an http job. In one pass and not into a tree, because the body must go out as the bytes that the
 * caller wrote: somebody may have signed them. Thread-safe.
 */
@Singleton
class HttpJobReader {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
    private static final String CONTENT_TYPE = "Content-Type";

    private final JsonFactory json = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    /** @throws InvalidValueException naming the offending field */
    HttpJob read(Json payload) {
        byte[] text = payload.text().getBytes(StandardCharsets.UTF_8);
        try (JsonParser parser = json.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidValueException("http", payload, "an object with a url");
            }
            Draft draft = new Draft(text, parser);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                draft.take(name);
            }
            return draft.finish();
        } catch (IOException unreadable) {
            throw new InvalidValueException("http", payload, "JSON that can be read");
        }
    }

    private static final class Draft {

        private final byte[] json;
        private final JsonParser parser;
        private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        private String url;
        private String method = "POST";
        private boolean callback;
        private TargetUrl statusUrl;
        private boolean waits;
        /** As it stands in the payload, or null. */
        private byte[] body;
        /** What it says, if it is a string. */
        private String bodyText;

        Draft(byte[] json, JsonParser parser) {
            this.json = json;
            this.parser = parser;
        }

        void take(String name) throws IOException {
            boolean absent = parser.currentToken() == JsonToken.VALUE_NULL;
            switch (name) {
                case "url" -> url = text("http.url");
                case "method" -> method = absent ? method : method();
                case "headers" -> {
                    if (!absent) {
                        takeHeaders();
                    }
                }
                case "body" -> {
                    if (!absent) {
                        takeBody();
                    }
                }
                case "callback" -> callback = !absent && flag();
                case "statusUrl" ->
                    statusUrl = absent ? null : TargetUrl.parse("http.statusUrl", text("http.statusUrl"));
                case "overlap" -> waits = !absent && overlapWaits();
                default ->
                    throw new InvalidValueException(
                            "http", name, "an object of url, method, headers, body, callback, statusUrl and overlap");
            }
        }

        HttpJob finish() {
            TargetUrl target = TargetUrl.parse("http.url", url);
            if (body != null && WITHOUT_BODY.contains(method)) {
                throw new InvalidValueException("http.body", "given", "left out with method " + method);
            }
            return new HttpJob(
                    target,
                    method,
                    headers,
                    body == null ? null : Buffer.buffer(sent()),
                    new HttpJob.FollowUp(callback, statusUrl, waits));
        }

        /** A string with a content type of its own goes out as it is, all else as JSON. */
        private byte[] sent() {
            if (bodyText == null || !headers.containsKey(CONTENT_TYPE)) {
                headers.putIfAbsent(CONTENT_TYPE, "application/json");
                return body;
            }
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(bodyText)) {
                throw new InvalidValueException("http.body", "(a string)", "without halves of surrogate pairs");
            }
            return bodyText.getBytes(StandardCharsets.UTF_8);
        }

        private String method() throws IOException {
            String name = text("http.method").toUpperCase(Locale.ROOT);
            if (!METHODS.contains(name)) {
                throw new InvalidValueException(
                        "http.method", name, "one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
            }
            return name;
        }

        private void takeHeaders() throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new InvalidValueException("http.headers", parser.getText(), "an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                RequestHeaders.add(headers, "http.headers", name, text("http.headers." + name));
            }
        }

        private void takeBody() throws IOException {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            bodyText = parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
            parser.skipChildren();
            parser.finishToken();
            body = Arrays.copyOfRange(
                    json, start, (int) parser.currentLocation().getByteOffset());
        }

        private boolean flag() throws IOException {
            if (!parser.currentToken().isBoolean()) {
                throw new InvalidValueException("http.callback", parser.getText(), "true or false");
            }
            return parser.getBooleanValue();
        }

        private boolean overlapWaits() throws IOException {
            String overlap = text("http.overlap");
            if (!overlap.equals("wait") && !overlap.equals("allow")) {
                throw new InvalidValueException("http.overlap", overlap, "allow or wait");
            }
            return overlap.equals("wait");
        }

        private String text(String field) throws IOException {
            if (parser.currentToken() != JsonToken.VALUE_STRING) {
                throw new InvalidValueException(field, parser.getText(), "a string");
            }
            return parser.getText();
        }
    }
}
