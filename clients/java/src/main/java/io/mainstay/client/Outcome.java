package io.mainstay.client;

import java.time.Duration;
import java.util.Optional;

/** How an attempt ended. Immutable. */
public sealed interface Outcome {

    /** The job is done. */
    record Success(Optional<JsonValue> result) implements Outcome {}

    /** The attempt failed; another one may succeed. @param after how long to wait, instead of the job's backoff */
    record Retry(String type, String message, Optional<Duration> after) implements Outcome {}

    /** The job can never succeed: it is dead, even if attempts are left. */
    record Fail(String type, String message) implements Outcome {}

    /** Run it again later; this is not an attempt. */
    record Snooze(Duration after) implements Outcome {}

    /** Another worker should run it: it returns to its place in line, and the attempt is not counted. */
    record Release() implements Outcome {}

    static Outcome success() {
        return new Success(Optional.empty());
    }

    static Outcome success(JsonValue result) {
        return new Success(Optional.of(result));
    }

    /** @param type kind of failure, short and stable; @param message for people */
    static Outcome retry(String type, String message) {
        return new Retry(type, message, Optional.empty());
    }

    static Outcome retryAfter(Duration wait, String type, String message) {
        return new Retry(type, message, Optional.of(wait));
    }

    static Outcome fail(String type, String message) {
        return new Fail(type, message);
    }

    static Outcome snooze(Duration after) {
        return new Snooze(after);
    }

    static Outcome release() {
        return new Release();
    }
}
