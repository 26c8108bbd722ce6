package io.mainstay.worker;

import io.mainstay.handler.Outcome;
import io.mainstay.job.AttemptError;
import io.mainstay.job.Backoff;
import io.mainstay.job.Json;
import io.mainstay.job.RetryPolicy;
import io.mainstay.queue.JobsConfig;
import io.mainstay.queue.Settlement;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.random.RandomGenerator;

/** Turns the end of an attempt into the report that the store gets. Loop only. */
@Singleton
final class SettlementFactory {

    private final RandomGenerator random = new SplittableRandom();
    /** Largest result, in bytes of its JSON text. */
    private final long maxResult;

    private final int maxSnoozes;

    SettlementFactory(JobsConfig config) {
        this.maxResult = config.maxPayload().asLongValue();
        this.maxSnoozes = config.maxSnoozes();
    }

    Settlement of(Attempt attempt, Outcome outcome) {
        if (outcome instanceof Outcome.Success success) {
            return complete(attempt, success.result());
        }
        if (outcome instanceof Outcome.Retry retry) {
            return again(attempt, retry);
        }
        if (outcome instanceof Outcome.Snooze snooze) {
            return snooze(attempt, within(snooze.after()));
        }
        if (outcome instanceof Outcome.Pending) {
            return pend(attempt);
        }
        if (outcome instanceof Outcome.Release) {
            return new Settlement.Release(attempt.lease());
        }
        if (outcome instanceof Outcome.Final fin) {
            return fail(attempt, fin.type(), fin.message(), Optional.empty());
        }
        return again(attempt, "no-outcome", "the handler returned null in place of an outcome");
    }

    Settlement of(Attempt attempt, Throwable thrown) {
        Throwable cause = thrown;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return again(attempt, cause.getClass().getName(), messageOf(cause));
    }

    Settlement timeout(Attempt attempt) {
        if (attempt.pastJobsDeadline(System.nanoTime())) {
            return fail(attempt, "deadline", "was not done by its deadline, " + deadline(attempt), Optional.empty());
        }
        String message = "ran longer than " + attempt.job().spec().timeout();
        return again(attempt, "timeout", message);
    }

    private Settlement complete(Attempt attempt, Optional<Json> result) {
        // A character is at most three bytes of UTF-8, so most results need no counting.
        if (result.isPresent() && result.get().text().length() * 3L > maxResult) {
            long bytes = result.get().bytes();
            if (bytes > maxResult) {
                String message = "the result has %d bytes, the limit is %d".formatted(bytes, maxResult);
                return fail(attempt, "result-too-large", message, Optional.empty());
            }
        }
        return new Settlement.Complete(attempt.lease(), result);
    }

    private Settlement snooze(Attempt attempt, Duration wait) {
        if (attempt.pastJobsDeadline(System.nanoTime() + wait.toNanos())) {
            String message = "wants to be run again in %s, after its deadline, %s".formatted(wait, deadline(attempt));
            return fail(attempt, "deadline", message, Optional.empty());
        }
        return new Settlement.Snooze(attempt.lease(), wait, maxSnoozes);
    }

    private Settlement pend(Attempt attempt) {
        RetryPolicy policy = attempt.job().spec().retry();
        Duration left = attempt.timeLeft();
        Duration wait = within(policy.backoff().after(attempt.attempt(), random));
        boolean again = attempt.attempt() < policy.maxAttempts()
                && !attempt.pastJobsDeadline(System.nanoTime() + left.plus(wait).toNanos());
        return new Settlement.Pend(attempt.lease(), left, again ? Optional.of(wait) : Optional.empty());
    }

    private Settlement again(Attempt attempt, String type, String message) {
        return again(attempt, new Outcome.Retry(type, message, Optional.empty()));
    }

    private Settlement again(Attempt attempt, Outcome.Retry retry) {
        String type = retry.type();
        String message = retry.message();
        RetryPolicy policy = attempt.job().spec().retry();
        if (attempt.attempt() >= policy.maxAttempts()) {
            return fail(attempt, type, message, Optional.empty());
        }
        Duration asked = within(retry.after().orElseGet(() -> policy.backoff().after(attempt.attempt(), random)));
        Duration wait = asked.compareTo(retry.atLeast()) < 0 ? within(retry.atLeast()) : asked;
        if (attempt.pastJobsDeadline(System.nanoTime() + wait.toNanos())) {
            String inVain = " (its deadline, %s, comes before another attempt)".formatted(deadline(attempt));
            String cut = Truncation.shortened(message, AttemptError.MAX_MESSAGE - inVain.length());
            return fail(attempt, type, cut + inVain, Optional.empty());
        }
        return fail(attempt, type, message, Optional.of(wait));
    }

    private static String deadline(Attempt attempt) {
        return attempt.job().deadline().map(Instant::toString).orElse("");
    }

    private static Settlement fail(Attempt attempt, String type, String message, Optional<Duration> wait) {
        return new Settlement.Fail(
                attempt.lease(), type, Truncation.shortened(message, AttemptError.MAX_MESSAGE), wait);
    }

    /** A wait can come from far away, as a {@code Retry-After} for one. */
    private static Duration within(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(Backoff.LONGEST) > 0 ? Backoff.LONGEST : wait;
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
