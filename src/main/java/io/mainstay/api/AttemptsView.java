package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.job.AttemptError;
import io.mainstay.queue.History;
import io.mainstay.rest.job.JobSerializer;
import io.mainstay.security.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/**
 * The latest attempts of a job, as shown, oldest first.
 *
 * @param redacted true if messages and stacks of errors are left out; null, and not shown, if not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record AttemptsView(List<AttemptView> attempts, Boolean redacted) {

    /** One of them; what does not apply is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record AttemptView(
            int attempt, String outcome, String startedAt, String endedAt, String worker, CauseView error) {

        static AttemptView of(History.Run run, History history, Caller caller) {
            return new AttemptView(
                    run.number(),
                    run.end().wireName(),
                    text(run.startedAt()),
                    text(run.endedAt()),
                    run.worker(),
                    run.error() == null ? null : CauseView.of(run.error(), history, caller));
        }

        private static String text(Instant time) {
            return time == null ? null : JobSerializer.text(time);
        }
    }

    /** Why it failed; message and stack are null, and not shown, to callers without the right to payloads. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record CauseView(String type, String message, String stack) {

        static CauseView of(AttemptError error, History history, Caller caller) {
            return caller.payload()
                    ? new CauseView(
                            error.type(),
                            error.message(),
                            history.stackOf(error).orElse(null))
                    : new CauseView(error.type(), null, null);
        }
    }

    static AttemptsView of(History history, Caller caller) {
        return new AttemptsView(
                history.runs().stream()
                        .map(run -> AttemptView.of(run, history, caller))
                        .toList(),
                caller.payload() ? null : Boolean.TRUE);
    }
}
