package io.mainstay.redis.connection;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A time limit that always fires. Mutiny's {@code ifNoItem} sets its timer before it passes its subscription on: a timer that
 * fires in between, as one of 0 ms often does, is told to nobody, nor is anything after it.
 */
public final class TimeLimit {

    private TimeLimit() {}

    /** How often a call that is past its limit is looked at while its answer comes in. */
    private static final long LOOK_MS = 50;

    /**
     * Fails with {@link TimeoutException}, on another thread, if there is no answer in time.
     *
     * @param receiving whether the answer is coming in: then it is waited for beyond the limit. Must not be so forever
     */
    public static <T> Uni<T> within(Duration limit, BooleanSupplier receiving, Supplier<Uni<T>> action) {
        return Uni.createFrom().completionStage(() -> {
            CompletableFuture<T> answer = action.get().subscribeAsCompletionStage();
            look(answer, limit.toMillis(), receiving);
            return answer;
        });
    }

    private static void look(CompletableFuture<?> answer, long afterMs, BooleanSupplier receiving) {
        CompletableFuture<Void> timer = new CompletableFuture<>();
        timer.completeOnTimeout(null, afterMs, TimeUnit.MILLISECONDS)
                .thenRun(() -> {
                    if (receiving.getAsBoolean()) {
                        look(answer, LOOK_MS, receiving);
                    } else {
                        answer.completeExceptionally(new TimeoutException());
                    }
                })
                .exceptionally(thrown -> {
                    answer.completeExceptionally(thrown);
                    return null;
                });
        answer.whenComplete((answered, error) -> timer.cancel(false));
    }
}
