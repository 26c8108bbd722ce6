package io.mainstay.api;

import io.mainstay.job.AttemptError;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Timeline;
import io.mainstay.queue.Availability;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.WaitReason;
import io.mainstay.queue.handlers.HeldHandlers.Hold;
import io.mainstay.rest.job.JobSerializer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in a sentence or two what a job waits for, and what to look at if it stays so. */
final class ExplanationDetail {

    private static final String NEXT_ROUND = " The next claim or sweep of the queue";

    private static final int NAMES_SHOWN = 10;

    private ExplanationDetail() {}

    static String of(Explanation why) {
        Timeline times = why.job().status().times();
        return switch (why.reason()) {
            case WAITING_FOR_PARENTS -> andPaused(why);
            case NOT_DUE -> "It is not due before %s.".formatted(JobSerializer.text(times.runAt())) + andPaused(why);
            case BACKOFF ->
                "%s failed%s. It is due again at %s."
                                .formatted(attempt(why), error(why), JobSerializer.text(times.runAt()))
                        + (mayStillRun(why) ? " Its receiver may still be working on it." : "")
                        + andPaused(why);
            case SNOOZED ->
                "Its handler snoozed it, %d times so far. It is due again at %s."
                                .formatted(why.job().status().notes().snoozes(), JobSerializer.text(times.runAt()))
                        + andPaused(why);
            case DUE ->
                "It has been due since %s.".formatted(JobSerializer.text(times.runAt())) + NEXT_ROUND
                        + " makes it ready.";
            case PAUSED -> "The queue is paused; the job starts after it is resumed." + before(why);
            case HANDLER_PAUSED ->
                "Its handler is paused in this queue; the job starts after it is resumed." + before(why);
            case CONCURRENCY ->
                "The queue is at its concurrency limit; the next job starts when a running one ends."
                        + ExplanationBlockers.sentence(why) + before(why);
            case RATE -> "The queue is at its rate limit." + before(why);
            case GROUP_CONCURRENCY ->
                "Its group is at its concurrency limit." + ExplanationBlockers.sentence(why) + before(why);
            case GROUP_RATE -> "Its group is at its rate limit." + before(why);
            case GROUP_ORDER ->
                "An earlier job of its group has not ended." + ExplanationBlockers.sentence(why) + before(why);
            case EXPIRED ->
                "It was due at %s and did not start before it expired.".formatted(JobSerializer.text(times.runAt()))
                        + " The next claim that reaches it ends it as dead." + andPaused(why);
            case DEADLINE_PASSED ->
                "It missed its deadline, %s."
                                .formatted(why.job()
                                        .deadline()
                                        .map(JobSerializer::text)
                                        .orElse(""))
                        + " The next claim that reaches it once it is due ends it as dead." + andPaused(why);
            case IN_LINE, NO_WORKER ->
                "It is due and waits for a free worker that serves its queue." + before(why) + tried(why);
            case TARGET_UNAVAILABLE, HANDLER_HELD -> "";
            case RUNNING ->
                "%s runs%s since %s.".formatted(attempt(why), holder(why), JobSerializer.text(times.startedAt()))
                        + (mayStillRun(why) ? " The receiver may also still be working on the previous attempt." : "")
                        + (outlastsTimeout(why)
                                ? " Its time-out has passed, and it waits for its receiver to end."
                                : "")
                        + lease(why, " Its lease ends at %s unless it is extended.");
            case LEASE_OVER ->
                "%s was started%s, which did not extend its lease in time.".formatted(attempt(why), holder(why))
                        + NEXT_ROUND + " takes the job over.";
            case ENDED -> ended(why);
        };
    }

    /** @param availability whether there is anybody for a job that waits for its time or a worker */
    static String of(Explanation why, Availability availability) {
        String nobody =
                switch (availability) {
                    case AVAILABLE -> "";
                    case NO_QUEUE -> "No instance and no remote worker serves its queue at present.";
                    case NO_HANDLER ->
                        "No instance and no remote worker that serves its queue has its handler, %s."
                                .formatted(why.job().spec().handler());
                };
        if (nobody.isEmpty()) {
            return of(why);
        }
        return why.reason() == WaitReason.IN_LINE ? nobody + before(why) : of(why) + " " + nobody;
    }

    /** @param full what keeps all workers busy, or an empty text */
    static String ofHeld(Explanation why, Hold hold) {
        return "Its handler, %s, has been held since %s: "
                        .formatted(why.job().spec().handler(), JobSerializer.text(hold.since()))
                + (hold.byHand()
                        ? "an operator holds it until it is resumed."
                        : "%d attempts failed and none succeeded. One job is tried from time to time; if it succeeds, the hold ends."
                                .formatted(hold.failed()))
                + before(why);
    }

    static String ofTarget(Explanation why, String full) {
        return "Its target, %s, failed repeatedly; this instance tries it with one job from time to time."
                        .formatted(why.job().spec().options().target())
                + before(why)
                + full;
    }

    /**
     * @param parents names of those that hold a blocked job, and that the caller may see; empty if its flow is not there
     * @param all how many hold it
     */
    static String of(Optional<List<String>> parents, int all) {
        if (parents.isEmpty()) {
            return "It waits for jobs of a flow that no longer exists: cancel it, and requeue it if it should run.";
        }
        List<String> names = parents.get();
        if (all == 0) {
            return "The jobs that it waited for have ended; it becomes ready within seconds.";
        }
        if (names.isEmpty()) {
            return "It waits for other jobs of its flow, which are in queues that this caller may not see.";
        }
        String hidden = all > names.size() ? " Others are in queues that this caller may not see." : "";
        String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        int more = names.size() - NAMES_SHOWN;
        return "It waits for other jobs of its flow: " + shown + (more > 0 ? " and " + more + " more." : ".") + hidden;
    }

    private static String ended(Explanation why) {
        JobStatus status = why.job().status();
        String end = JobSerializer.text(status.times().finishedAt());
        return switch (status.state()) {
            case SUCCEEDED -> "It succeeded at %s.".formatted(end);
            case CANCELLED -> "It was cancelled at %s.".formatted(end);
            default -> "It died at %s: ".formatted(end) + ExplanationDeath.sentences(why);
        };
    }

    private static String attempt(Explanation why) {
        return "Attempt %d of %d"
                .formatted(
                        why.job().status().attempt(), why.job().spec().retry().maxAttempts());
    }

    private static String error(Explanation why) {
        return why.lastError().map(error -> " (" + error.type() + ")").orElse("");
    }

    /** Whether the latest failure was a time-out of work that is done elsewhere. */
    private static boolean mayStillRun(Explanation why) {
        return why.job().spec().options().target() != null
                && why.lastError()
                        .filter(error -> error.type().equals("timeout"))
                        .isPresent();
    }

    /** Some time after it, as an attempt is not stopped in that very moment. */
    private static boolean outlastsTimeout(Explanation why) {
        JobSpec spec = why.job().spec();
        Instant overAt =
                why.job().status().times().startedAt().plus(spec.timeout()).plusSeconds(1);
        return spec.options().target() != null && why.at().isAfter(overAt);
    }

    private static String tried(Explanation why) {
        return why.lastError().map(AttemptError::type).orElse("").equals("unknown-handler")
                ? " The instance that had it last does not know its handler."
                : "";
    }

    private static String before(Explanation why) {
        return why.ahead().isPresent()
                ? " In line before it: %d. Running: %d.".formatted(why.ahead().getAsLong(), why.running())
                : "";
    }

    private static String holder(Explanation why) {
        return why.lease()
                .flatMap(Explanation.HeldLease::holder)
                .map(name -> " on " + name)
                .orElse(" on an instance");
    }

    private static String lease(Explanation why, String sentence) {
        return why.lease()
                .map(lease -> sentence.formatted(JobSerializer.text(lease.until())))
                .orElse("");
    }

    private static String andPaused(Explanation why) {
        return why.paused() ? " Its queue is paused, too." : "";
    }
}
