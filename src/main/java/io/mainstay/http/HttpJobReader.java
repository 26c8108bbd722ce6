package io.mainstay.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the payload of an http job. Thread-safe. */
@Singleton
class HttpJobReader {

    private static final Set<String> FIELDS = Set.of("url", "method", "headers", "body");
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
    private static final String CONTENT_TYPE = "Content-Type";

    /** Numbers of a body go out with the digits they came with. */
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** @throws InvalidValueException naming the offending field */
    HttpJob read(Json payload) {
        JsonNode job = parse(payload);
        if (!job.isObject()) {
            throw new InvalidValueException("http", payload, "an object with a url");
        }
        for (Iterator<String> names = job.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new InvalidValueException("http", name, "an object of url, method, headers and body");
            }
        }
        TargetUrl url = TargetUrl.parse("http.url", text("http.url", job.get("url"), null));
        String method = methodOf(job.get("method"));
        Map<String, String> headers = headersOf(job.get("headers"));
        return new HttpJob(url, method, headers, bodyOf(job.get("body"), method, headers));
    }

    private JsonNode parse(Json payload) {
        try {
            return json.readTree(payload.text());
        } catch (JsonProcessingException unreadable) {
            throw new InvalidValueException("http", payload, "JSON that can be read");
        }
    }

    private static String methodOf(JsonNode value) {
        String method = text("http.method", value, "POST").toUpperCase(Locale.ROOT);
        if (!METHODS.contains(method)) {
            throw new InvalidValueException(
                    "http.method", method, "one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        return method;
    }

    private static Map<String, String> headersOf(JsonNode value) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (absent(value)) {
            return headers;
        }
        if (!value.isObject() || value.size() > RequestHeaders.MOST) {
            throw new InvalidValueException(
                    "http.headers", value, "an object of at most " + RequestHeaders.MOST + " headers");
        }
        for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            String header = text("http.headers." + name, value.get(name), null);
            RequestHeaders.check("http.headers", name, header);
            if (headers.put(name, header) != null) {
                throw new InvalidValueException("http.headers", name, "named once, whatever the case of its letters");
            }
        }
        return headers;
    }

    /** A string with a content type of its own goes out as it is, all else as JSON. */
    private Buffer bodyOf(JsonNode value, String method, Map<String, String> headers) {
        if (absent(value)) {
            return null;
        }
        if (WITHOUT_BODY.contains(method)) {
            throw new InvalidValueException("http.body", value, "left out with method " + method);
        }
        if (value.isTextual() && headers.containsKey(CONTENT_TYPE)) {
            return Buffer.buffer(value.textValue());
        }
        headers.putIfAbsent(CONTENT_TYPE, "application/json");
        try {
            return Buffer.buffer(json.writeValueAsBytes(value));
        } catch (JsonProcessingException unwritable) {
            throw new InvalidValueException("http.body", value, "JSON that can be written");
        }
    }

    private static String text(String field, JsonNode value, String otherwise) {
        if (absent(value) && otherwise != null) {
            return otherwise;
        }
        if (absent(value) || !value.isTextual()) {
            throw new InvalidValueException(field, value, "a string");
        }
        return value.textValue();
    }

    private static boolean absent(JsonNode value) {
        return value == null || value.isNull();
    }
}
