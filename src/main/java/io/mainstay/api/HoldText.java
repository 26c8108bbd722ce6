package io.mainstay.api;

import io.mainstay.job.AttemptError;
import io.mainstay.job.JobStatus;
import io.mainstay.job.Timeline;
import io.mainstay.queue.Explanation;

/** Says in a sentence or two what holds a job, and what to look at if it stays so. */
final class HoldText {

    private static final String NEXT_ROUND = " The next claim or sweep of the queue";

    private HoldText() {}

    static String of(Explanation why) {
        Timeline times = why.job().status().times();
        return switch (why.hold()) {
            case WAITING_FOR_PARENTS -> "It waits for other jobs of its flow." + andPaused(why);
            case NOT_DUE -> "It is not due before %s.".formatted(JobSerializer.text(times.runAt())) + andPaused(why);
            case BACKOFF ->
                "%s failed%s. It is due again at %s."
                                .formatted(attempt(why), error(why), JobSerializer.text(times.runAt()))
                        + andPaused(why);
            case DUE ->
                "It has been due since %s.".formatted(JobSerializer.text(times.runAt())) + NEXT_ROUND
                        + " puts it in line.";
            case PAUSED -> "The queue is paused; the job starts after it is resumed." + before(why);
            case IN_LINE -> "It is due and waits for a free worker that serves its queue." + before(why) + tried(why);
            case RUNNING ->
                "%s runs%s since %s.".formatted(attempt(why), holder(why), JobSerializer.text(times.startedAt()))
                        + lease(why, " Its lease is over at %s unless it is extended.");
            case LEASE_OVER ->
                "%s was started%s, which was not heard of until its lease was over."
                                .formatted(attempt(why), holder(why))
                        + NEXT_ROUND + " takes the job over.";
            case ENDED -> ended(why);
        };
    }

    private static String ended(Explanation why) {
        JobStatus status = why.job().status();
        String end = JobSerializer.text(status.times().finishedAt());
        return switch (status.state()) {
            case SUCCEEDED -> "It succeeded at %s.".formatted(end);
            case CANCELLED -> "It was cancelled at %s.".formatted(end);
            default -> "It died at %s: attempt %d failed%s.".formatted(end, status.attempt(), error(why));
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
