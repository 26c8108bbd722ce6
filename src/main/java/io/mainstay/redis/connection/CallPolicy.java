package io.mainstay.redis.connection;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.faulttolerance.api.CustomBackoffStrategy;
import io.smallrye.faulttolerance.api.Guard;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Repeats calls that failed, until they are answered or their time is over, with growing waits in between. */
final class CallPolicy {

    private static final long FIRST_WAIT_MS = 10;
    private static final long LONGEST_WAIT_MS = 250;
    /** Registered, for what it is generic in is asked at run time. */
    @RegisterForReflection
    private static final class UniOfAnswer extends TypeLiteral<Uni<Response>> {
        private static final long serialVersionUID = 1L;
    }

    /** Waits double; half of each is chance, so that callers that failed together do not come back together. */
    private static final class Waits implements CustomBackoffStrategy {

        private long next = FIRST_WAIT_MS;

        @Override
        public long nextDelayInMillis(Throwable error) {
            long ceiling = next;
            next = Math.min(LONGEST_WAIT_MS, 2 * next);
            return ThreadLocalRandom.current().nextLong(ceiling / 2, ceiling + 1);
        }
    }

    private final Guard guard;

    CallPolicy(StoreName store) {
        guard = Guard.create()
                .withDescription(store.qualify("mainstay-redis-call"))
                .withRetry()
                .maxRetries(-1)
                .maxDuration(0, ChronoUnit.MILLIS)
                .delay(FIRST_WAIT_MS, ChronoUnit.MILLIS)
                .jitter(0, ChronoUnit.MILLIS)
                .whenException(CallPolicy::mayRepeat)
                .withCustomBackoff()
                .strategy(Waits::new)
                .done()
                .done()
                .build();
    }

    /**
     * Tries again until it is answered.
     *
     * @param deadline of {@link System#nanoTime()}; no try begins after it, and none is waited for, unless
     * @param receiving says that its answer is coming in
     */
    Uni<Response> repeat(Supplier<Future<Response>> attempt, long deadline, BooleanSupplier receiving) {
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        return TimeLimit.within(left, receiving, () -> guard.get(() -> begin(attempt, deadline), new UniOfAnswer()))
                .onFailure(TimeoutException.class)
                .transform(late -> new CallTimeoutException());
    }

    static boolean mayRepeat(Throwable error) {
        return !(error instanceof CallTimeoutException)
                && RetryDecision.of(error).mayRepeat();
    }

    private static Uni<Response> begin(Supplier<Future<Response>> attempt, long deadline) {
        // Nobody waits any more, and nothing else would end the guard's own waiting.
        return System.nanoTime() - deadline < 0
                ? UniHelper.toUni(attempt.get())
                : Uni.createFrom().failure(new CallTimeoutException());
    }
}
