package io.mainstay.client;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job to be enqueued. Immutable: each method returns a new one.
 *
 * <pre>{@code
 * NewJob.of("resize").payload(JsonValue.object("image", 7)).delay(Duration.ofMinutes(10)).priority(9)
 * }</pre>
 *
 * <p>Set all other fields of the API ("Enqueue" in its description) with {@link #with}.
 */
public final class NewJob {

    private final Map<String, JsonValue> fields;

    private NewJob(Map<String, JsonValue> fields) {
        this.fields = fields;
    }

    /** @param handler what runs it */
    public static NewJob of(String handler) {
        return new NewJob(Map.of()).with("handler", handler);
    }

    public NewJob payload(JsonValue payload) {
        return with("payload", payload);
    }

    /** Chosen by the caller, so that a second enqueue with it, even from another process, is the same job. */
    public NewJob id(String id) {
        return with("id", id);
    }

    /** Starts no earlier than this long from now. */
    public NewJob delay(Duration delay) {
        return with("delay", delay.toString());
    }

    /** Starts no earlier than this. */
    public NewJob runAt(Instant time) {
        return with("runAt", time.toString());
    }

    /** @param priority 0 (last) to 9 (first) */
    public NewJob priority(int priority) {
        return with("priority", priority);
    }

    /** @param attempts in all; 1: no retry */
    public NewJob maxAttempts(int attempts) {
        return with("maxAttempts", attempts);
    }

    /** How long one attempt may run. */
    public NewJob timeout(Duration limit) {
        return with("timeout", limit.toString());
    }

    /** The same wait before every attempt but the first. */
    public NewJob fixedBackoff(Duration delay) {
        return with("backoff", JsonValue.object("type", "fixed", "delay", delay.toString()));
    }

    /** Waits that double each time. */
    public NewJob exponentialBackoff(Duration initial, Duration longest) {
        return with(
                "backoff",
                JsonValue.object("type", "exponential", "initial", initial.toString(), "max", longest.toString()));
    }

    /** @param value anything that {@link JsonValue#of} takes */
    public NewJob with(String field, Object value) {
        Map<String, JsonValue> more = new LinkedHashMap<>(fields);
        more.put(field, JsonValue.of(value));
        return new NewJob(more);
    }

    boolean hasId() {
        return fields.containsKey("id");
    }

    JsonValue json() {
        return JsonValue.of(fields);
    }

    @Override
    public String toString() {
        return json().text();
    }
}
