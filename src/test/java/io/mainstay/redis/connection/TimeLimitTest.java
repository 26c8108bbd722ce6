package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private static final long DEADLINE_SECONDS = 20;

    @Test
    void answerThatIsComingInIsWaitedForBeyondTheLimit() throws Exception {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CountDownLatch looks = new CountDownLatch(3);
        CompletableFuture<String> limited = within(answer, () -> {
            looks.countDown();
            return true;
        });

        assertThat(looks.await(DEADLINE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(limited).isNotDone();
        answer.complete("late");
        assertThat(limited.get(DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo("late");
    }

    @Test
    void answerThatComesInNoLongerIsNotWaitedFor() {
        AtomicBoolean first = new AtomicBoolean(true);

        assertThatThrownBy(() -> within(new CompletableFuture<>(), () -> first.getAndSet(false))
                        .get(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TimeoutException.class);
    }

    private static CompletableFuture<String> within(CompletableFuture<String> answer, BooleanSupplier receiving) {
        return TimeLimit.within(
                        Duration.ofMillis(10), receiving, () -> Uni.createFrom().completionStage(answer))
                .subscribeAsCompletionStage();
    }
}
