package io.mainstay.client;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A snapshot of a job. Immutable. */
public final class Job {

    private static final Set<String> ENDS = Set.of("succeeded", "dead", "cancelled");

    private final JsonValue json;

    /** Why an attempt failed. */
    public record AttemptError(int attempt, String type, String message) {}

    Job(JsonValue json) {
        this.json = json;
    }

    public String id() {
        return json.get("id").asString();
    }

    /** Empty for a job that is not there any more. */
    public String queue() {
        return json.get("queue").asString("");
    }

    /** Empty for a job that is not there any more. */
    public String handler() {
        return json.get("handler").asString("");
    }

    /** {@code scheduled}, {@code ready}, {@code running}, {@code succeeded}, {@code dead}, {@code cancelled} or {@code blocked}. */
    public String state() {
        return json.get("state").asString();
    }

    public boolean ended() {
        return ENDS.contains(state());
    }

    public boolean succeeded() {
        return state().equals("succeeded");
    }

    /** Whether it ended so long ago that only its state is known. */
    public boolean deleted() {
        return json.get("deleted").equals(JsonValue.of(true));
    }

    /** How many attempts were started. */
    public int attempt() {
        return number("attempt");
    }

    public int maxAttempts() {
        return number("maxAttempts");
    }

    /** How often its handler snoozed it. */
    public int snoozes() {
        return number("snoozes");
    }

    public JsonValue payload() {
        return json.get("payload");
    }

    /** What its handler returned; the JSON value null if there is nothing. */
    public JsonValue result() {
        return json.get("result");
    }

    /** The latest failed attempts, oldest first. */
    public List<AttemptError> errors() {
        return json.get("errors").items().stream()
                .map(error -> new AttemptError(
                        error.get("attempt").asInt(),
                        error.get("type").asString(""),
                        error.get("message").asString("")))
                .toList();
    }

    /** How long one attempt may run. */
    public Optional<Duration> timeout() {
        return text("timeout").map(Duration::parse);
    }

    public Optional<Instant> startedAt() {
        return text("startedAt").map(Instant::parse);
    }

    public Optional<Instant> finishedAt() {
        return text("finishedAt").map(Instant::parse);
    }

    /** All of its fields. */
    public JsonValue json() {
        return json;
    }

    private int number(String field) {
        return json.get(field).isNumber() ? json.get(field).asInt() : 0;
    }

    private Optional<String> text(String field) {
        return Optional.of(json.get(field).asString("")).filter(text -> !text.isEmpty());
    }

    @Override
    public String toString() {
        return "job %s is %s".formatted(id(), state());
    }
}
