package io.mainstay.handler;

import io.mainstay.job.Json;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** How an attempt ended, as its handler sees it. */
public sealed interface Outcome {

    /** The job is done. */
    record Success(Optional<Json> result) implements Outcome {
        static final Success EMPTY = new Success(Optional.empty());
    }

    /**
     * The attempt failed; another one may succeed.
     *
     * @param type kind of failure, short and stable, for example {@code http-503}
     * @param message for people
     * @param after how long to wait, instead of the job's own backoff
     * @param atLeast how long to wait at least, whatever the backoff
     */
    record Retry(String type, String message, Optional<Duration> after, Duration atLeast) implements Outcome {

        public Retry(String type, String message, Optional<Duration> after) {
            this(type, message, after, Duration.ZERO);
        }

        public Retry {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(message, "message");
        }
    }

    /** The job can never succeed; it is dead, even if attempts are left. */
    record Final(String type, String message) implements Outcome {
        public Final {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * Nothing was started, and cannot be here and now: the job returns to its place in line, for any instance. Does not count as an
     * attempt.
     */
    record Release() implements Outcome {
        static final Release BACK = new Release();
    }

    /**
     * Another system works on it and will report by a callback: the job stays running, without a worker, until its time-out, even
     * if this instance ends. If no report comes until then, the attempt fails with {@code timeout}.
     */
    record Pending() implements Outcome {
        static final Pending THERE = new Pending();
    }

    /**
     * The job is not done, but nothing failed: run it again later. Does not count as an attempt.
     *
     * @param after how long to wait, 30 days at most
     */
    record Snooze(Duration after) implements Outcome {
        public Snooze {
            Objects.requireNonNull(after, "after");
        }
    }

    static Outcome success() {
        return Success.EMPTY;
    }

    static Outcome success(Json result) {
        return new Success(Optional.of(result));
    }

    static Outcome retry(String type, String message) {
        return new Retry(type, message, Optional.empty());
    }

    static Outcome retryAfter(Duration wait, String type, String message) {
        return new Retry(type, message, Optional.of(wait));
    }

    /** For a job that this instance should not start now. */
    static Outcome release() {
        return Release.BACK;
    }

    /** For a job that was passed to another system, together with a way to report on it. */
    static Outcome pending() {
        return Pending.THERE;
    }

    /** For a job that waits for something: a file to appear, another system to be done. */
    static Outcome snooze(Duration after) {
        return new Snooze(after);
    }

    static Outcome fail(String type, String message) {
        return new Final(type, message);
    }
}
