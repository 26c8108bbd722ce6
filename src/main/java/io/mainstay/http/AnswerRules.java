package io.mainstay.http;

import io.mainstay.handler.Outcome;
import io.mainstay.job.Json;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What an answer means for the job: the conventions of Google Cloud Tasks. Thread-safe. */
@Singleton
class AnswerRules {

    private static final int BODY_SHOWN = 300;
    /** Not {@code Retry-After}: a 202 of somebody who knows nothing of this may have one, and must not be sent again. */
    private static final String SNOOZE = "Mainstay-Snooze";

    /** The receiver will report by the callback that it was given. */
    private static final String PENDING = "Mainstay-Pending";

    private static final int ACCEPTED = 202;
    /** Nobody will ever be there again. */
    private static final int GONE = 410;

    private final HttpSettings settings;
    private final Clock clock;

    AnswerRules(HttpSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Clock clock() {
        return clock;
    }

    Outcome judge(HttpJob job, Answer answer) {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            String snooze = answer.headers().get(SNOOZE);
            if (snooze != null) {
                return RetryAfter.read(snooze, answer.headers(), clock)
                        .map(Outcome::snooze)
                        .orElseGet(() -> Outcome.retry(
                                "http-snooze", "%s answered with an unreadable %s".formatted(job.line(), SNOOZE)));
            }
            if (status == ACCEPTED
                    && job.followUp().callback()
                    && answer.headers().contains(PENDING)) {
                return Outcome.pending();
            }
            return Outcome.success(result(answer));
        }
        String type = "http-" + status;
        String message = "%s answered %d%s".formatted(job.line(), status, bodyShown(answer));
        if (status == GONE || status < 500 && !settings.retryStatuses().contains(status)) {
            return Outcome.fail(type, message);
        }
        Optional<Duration> wait =
                status == 429 || status == 503 ? RetryAfter.of(answer.headers(), clock) : Optional.empty();
        return wait.map(after -> Outcome.retryAfter(after, type, message))
                .orElseGet(() -> Outcome.retry(type, message));
    }

    private static Json result(Answer answer) {
        String status = "{\"status\":" + answer.status();
        if (!JsonBody.isAnnounced(answer.headers()) || answer.body().length() == 0 && !answer.cut()) {
            return new Json(status + "}");
        }
        return JsonBody.read(answer)
                .map(body -> new Json(status + ",\"body\":" + body + "}"))
                .orElseGet(() -> new Json(status + ",\"bodyOmitted\":true}"));
    }

    private static String bodyShown(Answer answer) {
        int shown = Math.min(answer.body().length(), BODY_SHOWN);
        String text =
                answer.body().getString(0, shown, StandardCharsets.UTF_8.name()).strip();
        return text.isEmpty() ? "" : ": " + text.replaceAll("\\p{Cntrl}+", " ");
    }
}
