package io.mainstay.api;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Job;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.attempt.SettlementRules;
import io.mainstay.rest.job.JobSerializer;
import java.util.Optional;
import java.util.Set;

/** Says why a job died, and why so early if attempts were left. Messages of errors are not for every caller, so none is repeated. */
final class ExplanationDeath {

    /** Failures that are retried while attempts are left, unless the deadline comes first. */
    private static final Set<String> RETRIED = Set.of("timeout", "lease-expired");

    private ExplanationDeath() {}

    static String sentences(Explanation why) {
        Job job = why.job();
        Optional<AttemptError> last = why.lastError();
        // What ended it was no attempt then, but the claim that would have begun one.
        if (last.filter(error -> error.startedAt() == null).isPresent()) {
            return withoutAttempt(job, last.get().type());
        }
        int attempt = job.status().attempt();
        int attempts = job.spec().retry().maxAttempts();
        String type = last.map(error -> " (" + error.type() + ")").orElse("");
        return "attempt %d of %d failed%s.".formatted(attempt, attempts, type)
                + last.map(error -> cause(job, error, attempt < attempts)).orElse("");
    }

    private static String withoutAttempt(Job job, String type) {
        return switch (type) {
            case "expired" -> "it did not start before it expired.";
            case "deadline" -> "it missed its deadline%s.".formatted(deadline(job));
            case "unreadable" -> "what Redis has of it cannot be read as a job.";
            default -> "it could not be started (%s).".formatted(type);
        };
    }

    private static String cause(Job job, AttemptError error, boolean early) {
        if (job.deadline().isPresent() && cutShort(error, early)) {
            return " Its deadline%s, allows no other attempt.".formatted(deadline(job));
        }
        return switch (error.type()) {
            case "snoozed-too-often" ->
                " It was snoozed %d times, and may not be snoozed more often (mainstay.jobs.max-snoozes)."
                        .formatted(job.status().notes().snoozes());
            case "result-too-large" -> " Its result is larger than mainstay.jobs.max-payload allows.";
            default -> early ? " Attempts were left, but its handler or worker reported this failure as final." : "";
        };
    }

    /** Whether it was the deadline of the job that left no time for another attempt. */
    private static boolean cutShort(AttemptError error, boolean early) {
        return error.type().equals("deadline")
                || early && (RETRIED.contains(error.type()) || SettlementRules.deadlineComesFirst(error));
    }

    private static String deadline(Job job) {
        return job.deadline().map(at -> ", " + JobSerializer.text(at)).orElse("");
    }
}
