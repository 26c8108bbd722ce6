package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallPolicyTest {

    private static final int TRIES = 2_000;
    private static final long DEADLINE_SECONDS = 20;

    private final CallPolicy policy = new CallPolicy(StoreName.FIRST);

    @Test
    void callWhoseTimeIsOverOrNearlySoAlwaysEnds() {
        Supplier<Future<Response>> lost = () -> Future.failedFuture(new LinkLostException("lost", null));
        CompletableFuture<?>[] calls = IntStream.range(0, TRIES)
                .mapToObj(i -> System.nanoTime()
                        + Duration.ofMillis(i % 3).minusMillis(1).toNanos())
                .map(deadline -> likeAnEnqueue(() -> policy.repeat(lost, deadline, () -> false)))
                .map(Uni::subscribeAsCompletionStage)
                .toArray(CompletableFuture[]::new);

        assertThatThrownBy(() -> CompletableFuture.allOf(calls)
                        .orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                        .join())
                .hasCauseInstanceOf(CallTimeoutException.class);
    }

    /** Who listens is not the first to be told: what comes too early is lost on the way. */
    private static Uni<?> likeAnEnqueue(Supplier<Uni<Response>> repeat) {
        Uni<Response> call = Uni.createFrom()
                .<Response>failure(new LinkLostException("the first try", null))
                .onFailure()
                .recoverWithUni(lost -> repeat.get());
        return Uni.combine().all().unis(Uni.createFrom().voidItem(), call).with((nothing, answer) -> answer);
    }
}
