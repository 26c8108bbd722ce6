package io.mainstay.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.JobStatus;
import io.mainstay.queue.Availability;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.ParentLookup;
import io.mainstay.queue.WaitReason;
import io.mainstay.rest.job.JobSerializer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a job stands where it stands, as shown: what does not apply is null, and left out.
 *
 * @param reason stable; {@code detail} is for people
 * @param at the store's time, which all of this is about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record ExplanationView(
        String id,
        String queue,
        String state,
        String reason,
        String detail,
        String at,
        boolean paused,
        long running,
        Long ahead,
        int attempt,
        int maxAttempts,
        String runAt,
        String startedAt,
        String leaseUntil,
        String worker,
        String finishedAt,
        ErrorView lastError,
        List<AwaitedJobView> waitsFor) {

    /** A job that has to end first. */
    public record AwaitedJobView(String name, String queue, String id, String state) {

        static AwaitedJobView of(ParentLookup.Parent parent) {
            return new AwaitedJobView(
                    parent.name(), parent.queue().value(), parent.job().value(), parent.state());
        }
    }

    /** One failed attempt. */
    public record ErrorView(int attempt, String at, String type, String message) {

        static ErrorView of(AttemptError error) {
            return new ErrorView(error.attempt(), JobSerializer.text(error.at()), error.type(), error.message());
        }
    }

    static ExplanationView of(Explanation why) {
        return of(why, why.reason(), ExplanationDetail.of(why), null);
    }

    /** @param holding the parents that a blocked job waits for; empty if its flow is not there */
    static ExplanationView of(Explanation why, Optional<List<ParentLookup.Parent>> holding) {
        return of(
                why,
                why.reason(),
                ExplanationDetail.of(holding.map(parents ->
                                parents.stream().map(ParentLookup.Parent::name).toList()))
                        + ExplanationDetail.of(why),
                holding.map(parents -> parents.stream().map(AwaitedJobView::of).toList())
                        .orElse(null));
    }

    /**
     * @param availability whether there is anybody for a job that waits for its time or a worker
     * @param busy what keeps the workers of this instance busy, or an empty text
     */
    static ExplanationView of(Explanation why, Availability availability, String busy) {
        boolean nobody = why.reason() == WaitReason.IN_LINE && availability != Availability.AVAILABLE;
        String detail = ExplanationDetail.of(why, availability);
        return nobody
                ? of(why, WaitReason.NO_WORKER, detail, null)
                : of(why, why.reason(), why.reason() == WaitReason.IN_LINE ? detail + busy : detail, null);
    }

    /** Of a job in line whose target is left alone. */
    static ExplanationView ofTarget(Explanation why, String busy) {
        return of(why, WaitReason.TARGET_UNAVAILABLE, ExplanationDetail.ofTarget(why, busy), null);
    }

    private static ExplanationView of(
            Explanation why, WaitReason reason, String detail, List<AwaitedJobView> waitsFor) {
        Job job = why.job();
        JobStatus status = job.status();
        return new ExplanationView(
                job.id().value(),
                job.queue().value(),
                job.state().wireName(),
                reason.wireName(),
                detail,
                JobSerializer.text(why.at()),
                why.paused(),
                why.running(),
                why.ahead().isPresent() ? (Long) why.ahead().getAsLong() : null,
                status.attempt(),
                job.spec().retry().maxAttempts(),
                job.state() == JobState.BLOCKED ? null : text(status.times().runAt()),
                text(status.times().startedAt()),
                why.lease().map(lease -> JobSerializer.text(lease.until())).orElse(null),
                why.lease().flatMap(Explanation.HeldLease::holder).orElse(null),
                text(status.times().finishedAt()),
                why.lastError().map(ErrorView::of).orElse(null),
                waitsFor);
    }

    private static String text(Instant time) {
        return time == null ? null : JobSerializer.text(time);
    }
}
