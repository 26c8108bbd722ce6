package io.mainstay.redis;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A limit that always tells. Mutiny's {@code ifNoItem} sets its timer before it passes its subscription on: a timer that
 * fires in between, as one of 0 ms often does, is told to nobody, nor is anything after it.
 */
final class TimeLimit {

    private TimeLimit() {}

    /** Fails with {@link java.util.concurrent.TimeoutException}, on another thread, if there is no answer in time. */
    static <T> Uni<T> within(Duration limit, Supplier<Uni<T>> action) {
        return Uni.createFrom()
                .completionStage(() ->
                        action.get().subscribeAsCompletionStage().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS));
    }
}
