package io.mainstay.queue.attempt;

import io.mainstay.job.AttemptError;
import io.mainstay.job.Backoff;
import io.mainstay.job.Json;
import io.mainstay.queue.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The rules by which an ended attempt, in-process or remote, becomes a report to the store. */
public final class SettlementRules {

    /** Said of attempts that were given up while somebody else works for them. */
    public static final String MAY_STILL_RUN = "its receiver may still be working on it";

    private static final String NO_OTHER = ", comes before the next attempt)";

    private SettlementRules() {}

    /** Done; whoever asks has seen to it that the result is not too large. */
    public static Settlement success(OpenAttempt attempt, Optional<Json> result) {
        return new Settlement.Complete(attempt.lease(), result);
    }

    /** Dead, even if attempts are left. */
    public static Settlement fail(OpenAttempt attempt, String type, String message) {
        return fail(attempt, type, message, Optional.empty());
    }

    /**
     * Another attempt, unless they are spent or none could begin before the job's deadline.
     *
     * @param after the wait until then, instead of the job's own backoff
     * @param atLeast the shortest wait, whatever the backoff
     */
    public static Settlement retry(
            OpenAttempt attempt, String type, String message, Optional<Duration> after, Duration atLeast) {
        if (attempt.attempt() >= attempt.maxAttempts()) {
            return fail(attempt, type, message);
        }
        Duration asked = within(after.orElseGet(attempt::backoff));
        Duration wait = asked.compareTo(atLeast) < 0 ? within(atLeast) : asked;
        if (attempt.pastDeadline(wait)) {
            String inVain = " (the deadline, " + deadline(attempt) + NO_OTHER;
            String cut = Truncation.shortened(message, AttemptError.MAX_MESSAGE - inVain.length());
            return fail(attempt, type, cut + inVain);
        }
        return fail(attempt, type, message, Optional.of(wait));
    }

    /** Whether attempts were left when this one failed, and the deadline came before the next. */
    public static boolean deadlineComesFirst(AttemptError error) {
        return error.message().endsWith(NO_OTHER);
    }

    /**
     * Run again later, the attempt not counted.
     *
     * @param most how often a job may
     */
    public static Settlement snooze(OpenAttempt attempt, Duration after, int most) {
        Duration wait = within(after);
        if (attempt.pastDeadline(wait)) {
            String message = "asked to run again in %s, after its deadline, %s".formatted(wait, deadline(attempt));
            return fail(attempt, "deadline", message);
        }
        return new Settlement.Snooze(attempt.lease(), wait, most);
    }

    /**
     * Its time was over: as a failure, or for good if that was the job's deadline.
     *
     * @param elsewhere whether somebody else works for it, who may continue
     */
    public static Settlement timeout(OpenAttempt attempt, boolean elsewhere) {
        String more = elsewhere ? "; " + MAY_STILL_RUN : "";
        if (attempt.pastDeadline(Duration.ZERO)) {
            return fail(attempt, "deadline", "missed its deadline, " + deadline(attempt) + more);
        }
        String message = "ran longer than " + attempt.timeout() + more;
        return retry(attempt, "timeout", message, Optional.empty(), Duration.ZERO);
    }

    /** The same of a failure with the stack of what was thrown; anything else as it is. */
    public static Settlement withStack(Settlement settlement, String stack) {
        return settlement instanceof Settlement.Fail fail
                ? new Settlement.Fail(fail.lease(), fail.type(), fail.message(), fail.retryAfter(), stack)
                : settlement;
    }

    /** A wait can come from far away, as a {@code Retry-After} for one. */
    public static Duration within(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(Backoff.LONGEST) > 0 ? Backoff.LONGEST : wait;
    }

    private static String deadline(OpenAttempt attempt) {
        return attempt.deadline().map(Instant::toString).orElse("");
    }

    private static Settlement fail(OpenAttempt attempt, String type, String message, Optional<Duration> wait) {
        return new Settlement.Fail(
                attempt.lease(), type, Truncation.shortened(message, AttemptError.MAX_MESSAGE), wait);
    }
}
