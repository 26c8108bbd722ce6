package io.mainstay.worker;

import io.mainstay.handler.Outcome;
import io.mainstay.job.Json;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.attempt.OpenAttempt;
import io.mainstay.queue.attempt.SettlementRules;
import io.mainstay.queue.attempt.StackText;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;

/** Turns the end of an attempt into the report that the store gets. Loop only. */
@Singleton
final class SettlementFactory {

    private static final int MOST_WRAPPERS = 20;

    private final RandomGenerator random = new SplittableRandom();
    /** Largest result, in bytes of its JSON text. */
    private final long maxResult;

    private final int maxSnoozes;
    private final long maxStack;

    SettlementFactory(JobsConfig config) {
        this.maxResult = config.maxPayload().asLongValue();
        this.maxSnoozes = config.maxSnoozes();
        this.maxStack = config.maxStack().asLongValue();
    }

    Settlement of(Attempt attempt, Outcome outcome) {
        OpenAttempt open = new LocalAttempt(attempt, random);
        if (outcome instanceof Outcome.Success success) {
            return complete(open, success.result());
        }
        if (outcome instanceof Outcome.Retry retry) {
            return SettlementRules.retry(open, retry.type(), retry.message(), retry.after(), retry.atLeast());
        }
        if (outcome instanceof Outcome.Snooze snooze) {
            return SettlementRules.snooze(open, snooze.after(), maxSnoozes);
        }
        if (outcome instanceof Outcome.Pending) {
            return pend(open, attempt.timeLeft());
        }
        if (outcome instanceof Outcome.Release) {
            return new Settlement.Release(attempt.lease());
        }
        if (outcome instanceof Outcome.Final fin) {
            return SettlementRules.fail(open, fin.type(), fin.message());
        }
        return again(open, "no-outcome", "the handler returned null instead of an outcome");
    }

    Settlement of(Attempt attempt, Throwable thrown) {
        Throwable cause = unwrapped(thrown);
        Settlement failed =
                again(new LocalAttempt(attempt, random), cause.getClass().getName(), messageOf(cause));
        return SettlementRules.withStack(failed, StackText.of(cause, maxStack));
    }

    Settlement timeout(Attempt attempt) {
        boolean elsewhere = attempt.job().spec().options().target() != null;
        return SettlementRules.timeout(new LocalAttempt(attempt, random), elsewhere);
    }

    private Settlement complete(OpenAttempt attempt, Optional<Json> result) {
        // A character is at most three bytes of UTF-8, so most results need no counting.
        if (result.isPresent() && result.get().text().length() * 3L > maxResult) {
            long bytes = result.get().bytes();
            if (bytes > maxResult) {
                String message = "the result has %d bytes, the limit is %d".formatted(bytes, maxResult);
                return SettlementRules.fail(attempt, "result-too-large", message);
            }
        }
        return SettlementRules.success(attempt, result);
    }

    private static Settlement pend(OpenAttempt attempt, Duration left) {
        Duration wait = SettlementRules.within(attempt.backoff());
        boolean again = attempt.attempt() < attempt.maxAttempts() && !attempt.pastDeadline(left.plus(wait));
        return new Settlement.Pend(attempt.lease(), left, again ? Optional.of(wait) : Optional.empty());
    }

    private static Settlement again(OpenAttempt attempt, String type, String message) {
        return SettlementRules.retry(attempt, type, message, Optional.empty(), Duration.ZERO);
    }

    /** What futures have wrapped; not for ever, as causes may go round in a circle. */
    private static Throwable unwrapped(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < MOST_WRAPPERS; i++) {
            boolean wrapper = cause instanceof CompletionException || cause instanceof ExecutionException;
            Throwable inner = wrapper ? StackText.causeOf(cause) : null;
            if (inner == null) {
                return cause;
            }
            cause = inner;
        }
        return cause;
    }

    private static String messageOf(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? thrown.getClass().getSimpleName() : message;
        } catch (Throwable nested) {
            // getMessage() is the handler's code too.
            return thrown.getClass().getSimpleName();
        }
    }
}
