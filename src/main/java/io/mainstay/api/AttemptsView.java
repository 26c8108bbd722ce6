package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.job.AttemptError;
import io.mainstay.queue.History;
import io.mainstay.rest.job.JobSerializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;

/** The latest attempts of a job, as shown, oldest first. */
@RegisterForReflection
public record AttemptsView(List<AttemptView> attempts) {

    /** One of them; what does not apply is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record AttemptView(
            int attempt, String outcome, String startedAt, String endedAt, String worker, CauseView error) {

        static AttemptView of(History.Run run) {
            return new AttemptView(
                    run.number(),
                    run.end().wireName(),
                    text(run.startedAt()),
                    text(run.endedAt()),
                    run.worker(),
                    run.error() == null ? null : CauseView.of(run.error()));
        }

        private static String text(Instant time) {
            return time == null ? null : JobSerializer.text(time);
        }
    }

    /** Why it failed. */
    @RegisterForReflection
    public record CauseView(String type, String message) {

        static CauseView of(AttemptError error) {
            return new CauseView(error.type(), error.message());
        }
    }

    static AttemptsView of(History history) {
        return new AttemptsView(history.runs().stream().map(AttemptView::of).toList());
    }
}
