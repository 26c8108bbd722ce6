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
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.rest.job.JobSerializer;
import io.mainstay.security.Caller;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Why a job stands where it stands, as shown: what does not apply is null, and left out.
 *
 * @param reason stable; {@code detail} is for people
 * @param at the store's time, which all of this is about
 * @param waitsFor those of the jobs it waits for that the caller may see
 * @param blockedBy some of the jobs that must end before it may start
 * @param redacted true if the message of the error is left out
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
        List<AwaitedJobView> waitsFor,
        List<BlockerView> blockedBy,
        Boolean redacted) {

    /** A job that must end first. */
    public record AwaitedJobView(String name, String queue, String id, String state) {

        static AwaitedJobView of(ParentLookup.Parent parent) {
            return new AwaitedJobView(
                    parent.name(), parent.queue().value(), parent.job().value(), parent.state());
        }
    }

    /** One failed attempt; the message is null, and not shown, to callers without the right to payloads. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @RegisterForReflection
    public record ErrorView(int attempt, String at, String type, String message) {

        static ErrorView of(AttemptError error, Caller caller) {
            return new ErrorView(
                    error.attempt(),
                    JobSerializer.text(error.at()),
                    error.type(),
                    caller.payload() ? error.message() : null);
        }
    }

    static ExplanationView of(Explanation why, Caller caller) {
        return of(why, why.reason(), ExplanationDetail.of(why), null, caller);
    }

    /** @param holding the parents that a blocked job waits for; empty if its flow is not there */
    static ExplanationView of(Explanation why, Optional<List<ParentLookup.Parent>> holding, Caller caller) {
        Optional<List<ParentLookup.Parent>> shown = holding.map(parents -> parents.stream()
                .filter(parent -> caller.mayTouch(parent.queue().value()))
                .toList());
        String parents = ExplanationDetail.of(
                shown.map(list -> list.stream().map(ParentLookup.Parent::name).toList()),
                holding.map(List::size).orElse(0));
        List<AwaitedJobView> waitsFor = shown.map(
                        list -> list.stream().map(AwaitedJobView::of).toList())
                .orElse(null);
        return of(why, why.reason(), parents + ExplanationDetail.of(why), waitsFor, caller);
    }

    /**
     * @param availability whether there is anybody for a job that waits for its time or a worker
     * @param busy what keeps the workers of this instance busy, or an empty text
     */
    static ExplanationView of(Explanation why, Availability availability, String busy, Caller caller) {
        boolean nobody = why.reason() == WaitReason.IN_LINE && availability != Availability.AVAILABLE;
        String detail = ExplanationDetail.of(why, availability);
        return nobody
                ? of(why, WaitReason.NO_WORKER, detail, null, caller)
                : of(why, why.reason(), why.reason() == WaitReason.IN_LINE ? detail + busy : detail, null, caller);
    }

    /** Of a job in line whose target is left alone. */
    static ExplanationView ofTarget(Explanation why, String busy, Caller caller) {
        return of(why, WaitReason.TARGET_UNAVAILABLE, ExplanationDetail.ofTarget(why, busy), null, caller);
    }

    /** Of a job in line whose handler is held. */
    static ExplanationView ofHeld(Explanation why, Hold hold, Caller caller) {
        return of(why, WaitReason.HANDLER_HELD, ExplanationDetail.ofHeld(why, hold), null, caller);
    }

    private static ExplanationView of(
            Explanation why, WaitReason reason, String detail, List<AwaitedJobView> waitsFor, Caller caller) {
        Job job = why.job();
        JobStatus status = job.status();
        return new ExplanationView(
                job.id().value(),
                job.queue().logical().value(),
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
                why.lastError().map(error -> ErrorView.of(error, caller)).orElse(null),
                waitsFor,
                why.reason() == reason ? ExplanationBlockers.views(why) : null,
                caller.payload() ? null : Boolean.TRUE);
    }

    private static String text(Instant time) {
        return time == null ? null : JobSerializer.text(time);
    }
}
