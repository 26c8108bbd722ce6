package io.mainstay.lease.report;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Backoff;
import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import io.mainstay.rest.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;

/**
 * The fields of a report besides its outcome; null if absent.
 *
 * @param result of a success
 * @param error of a failure
 * @param delay until the job is due again
 */
public record ReportBody(Json result, Failure error, Duration delay) {

    /** One that says nothing. */
    public static final ReportBody EMPTY = new ReportBody(null, null, null);

    /**
     * @param message cut to what is kept
     * @param stack where it failed, not cut yet; empty if that was not said
     */
    public record Failure(String type, String message, String stack) {

        private static final String TYPE = "reported";
        private static final int LONGEST_TYPE = 100;

        static final Failure UNSAID = new Failure(TYPE, "", "");

        public Failure {
            if (type.isEmpty() || type.length() > LONGEST_TYPE) {
                throw new InvalidValueException("error.type", type, "1 to " + LONGEST_TYPE + " characters");
            }
            if (message.length() > AttemptError.MAX_MESSAGE) {
                int end = AttemptError.MAX_MESSAGE;
                // Half a surrogate pair cannot be written as UTF-8.
                message = message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end);
            }
        }
    }

    public ReportBody {
        if (delay != null) {
            Bounds.between("delay", delay, Duration.ZERO, Backoff.LONGEST);
        }
    }

    /** The error, or what stands for one that was not said. */
    public Failure failure() {
        return error == null ? Failure.UNSAID : error;
    }

    /**
     * Refuses what does not belong to the outcome, and what it lacks.
     *
     * @return this
     */
    public ReportBody checkedFor(ReportOutcome outcome) {
        boolean fails = outcome == ReportOutcome.RETRY || outcome == ReportOutcome.FAIL;
        boolean again = outcome == ReportOutcome.RETRY || outcome == ReportOutcome.SNOOZE;
        boolean hasResult = result != null && !result.equals(Json.NULL);
        leftOut("result", hasResult ? "given" : null, outcome == ReportOutcome.SUCCESS, outcome);
        leftOut("error", error == null ? null : "given", fails, outcome);
        leftOut("delay", delay, again, outcome);
        if (outcome == ReportOutcome.SNOOZE) {
            Bounds.between("delay", delay, Duration.ZERO, Backoff.LONGEST);
        }
        return this;
    }

    private static void leftOut(String field, Object value, boolean belongs, ReportOutcome outcome) {
        if (value != null && !belongs) {
            throw new InvalidValueException(field, value, "left out where the outcome is " + outcome.wireName());
        }
    }

    /** An empty body says nothing. */
    public static ReportBody read(byte[] body) throws IOException {
        Draft draft = new Draft();
        if (body.length > 0) {
            StrictJson.read(body, (name, json) -> {
                if (!draft.take(name, json)) {
                    throw json.unknownField();
                }
            });
        }
        return draft.finish();
    }

    /** Takes the fields of a report one by one. */
    static final class Draft {

        private Json result;
        private boolean failed;
        private String type;
        private String message;
        private String stack;
        private Duration delay;

        /** @return whether there is such a field */
        boolean take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "result" -> result = json.raw();
                case "delay" -> delay = json.duration();
                case "error" -> failed = json.object(this::takeError);
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void takeError(String name, StrictJson json) throws IOException {
            switch (name) {
                case "type" -> type = json.text();
                case "message" -> message = json.text();
                case "stack" -> stack = json.text();
                default -> throw json.unknownField();
            }
        }

        ReportBody finish() {
            return new ReportBody(result, failed ? failure() : null, delay);
        }

        private Failure failure() {
            return new Failure(
                    Objects.requireNonNullElse(type, Failure.TYPE),
                    Objects.requireNonNullElse(message, ""),
                    Objects.requireNonNullElse(stack, ""));
        }
    }
}
