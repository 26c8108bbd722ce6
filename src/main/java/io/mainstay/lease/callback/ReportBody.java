package io.mainstay.lease.callback;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Backoff;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.Json;
import io.mainstay.rest.MalformedRequestException;
import io.mainstay.rest.StrictJson;
import java.io.IOException;
import java.time.Duration;

/**
 * What a report says beside its outcome.
 *
 * @param result of a success, or null
 * @param type of an error
 * @param message of an error
 * @param delay until the next attempt, or null for the job's own backoff
 */
record ReportBody(Json result, String type, String message, Duration delay) {

    private static final String TYPE = "reported";
    private static final int LONGEST_TYPE = 100;

    ReportBody {
        if (type.isEmpty() || type.length() > LONGEST_TYPE) {
            throw new InvalidValueException("error.type", type, "1 to " + LONGEST_TYPE + " characters");
        }
        if (message.length() > AttemptError.MAX_MESSAGE) {
            message = message.substring(0, AttemptError.MAX_MESSAGE);
        }
        if (delay != null && (delay.isNegative() || delay.compareTo(Backoff.LONGEST) > 0)) {
            throw new InvalidValueException("delay", delay, "between PT0S and " + Backoff.LONGEST);
        }
    }

    /** An empty body says nothing. */
    static ReportBody read(byte[] body) throws IOException {
        Draft draft = new Draft();
        if (body.length > 0) {
            StrictJson.read(body, draft::take);
        }
        return new ReportBody(draft.result, draft.type, draft.message, draft.delay);
    }

    private static final class Draft {

        private Json result;
        private String type = TYPE;
        private String message = "";
        private Duration delay;

        void take(String name, StrictJson json) throws IOException {
            switch (name) {
                case "result" -> result = json.raw();
                case "delay" -> delay = json.duration();
                case "error" -> json.object(this::takeError);
                default -> throw unknown(json);
            }
        }

        private void takeError(String name, StrictJson json) throws IOException {
            String text = json.text();
            switch (name) {
                case "type" -> type = text == null ? TYPE : text;
                case "message" -> message = text == null ? "" : text;
                default -> throw unknown(json);
            }
        }

        private static MalformedRequestException unknown(StrictJson json) {
            return json.unknownField();
        }
    }
}
