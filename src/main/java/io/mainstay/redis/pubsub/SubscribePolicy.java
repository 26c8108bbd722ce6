package io.mainstay.redis.pubsub;

import io.mainstay.redis.connection.StoreName;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.util.TypeLiteral;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * One round of subscribing: attempts with a time-out each, repeated with jittered exponential backoff, through a circuit
 * breaker that outlives the round. The fallback of a round that failed is emptiness: polling is fast, and a next round
 * comes.
 *
 * <p>The waits are a compromise. Their sum bounds how late a subscription is back after Redis is (breaker, wait and one
 * time-out: 2 s by default), and their length how many attempts a Redis that refuses must bear (about two a second).
 */
final class SubscribePolicy {

    private static final long FIRST_WAIT_MS = 20;
    private static final long LONGEST_WAIT_MS = 400;
    private static final long JITTER_MS = 100;
    private static final int RETRIES = 4;
    private static final int FAILURES_TO_OPEN = 4;
    private static final long OPEN_MS = 500;

    /** Registered, for what it is generic in is asked at run time. */
    @RegisterForReflection
    private static final class UniOfMaybe extends TypeLiteral<Uni<Optional<Subscription>>> {
        private static final long serialVersionUID = 1;
    }

    private final TypedGuard<Uni<Optional<Subscription>>> guard;

    SubscribePolicy(StoreName store, Duration timeout) {
        guard = TypedGuard.create(new UniOfMaybe())
                .withDescription(store.qualify("mainstay-subscribe"))
                .withTimeout()
                .duration(timeout.toMillis(), ChronoUnit.MILLIS)
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(FAILURES_TO_OPEN)
                .failureRatio(1)
                .delay(OPEN_MS, ChronoUnit.MILLIS)
                .skipOn(CancellationException.class)
                .done()
                .withRetry()
                .maxRetries(RETRIES)
                .delay(FIRST_WAIT_MS, ChronoUnit.MILLIS)
                .jitter(JITTER_MS, ChronoUnit.MILLIS)
                .retryOn(Throwable.class)
                .abortOn(CancellationException.class)
                .withExponentialBackoff()
                .maxDelay(LONGEST_WAIT_MS, ChronoUnit.MILLIS)
                .done()
                .done()
                .withFallback()
                .handler(() -> Uni.createFrom().item(Optional.empty()))
                .done()
                .build();
    }

    /** @param attempt subscribed to for each attempt; a {@link CancellationException} ends the round */
    Uni<Optional<Subscription>> round(Supplier<Uni<Subscription>> attempt) {
        return guard.get(() -> attempt.get().map(Optional::of));
    }
}
