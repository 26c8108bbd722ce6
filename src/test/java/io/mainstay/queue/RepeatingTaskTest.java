package io.mainstay.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RepeatingTaskTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger rounds = new AtomicInteger();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void roundFollowsWhateverCameOfTheOneBefore() {
        start(Duration.ofMillis(4), () -> switch (rounds.incrementAndGet() % 3) {
            case 0 -> throw new IllegalStateException("thrown by the test");
            case 1 -> Uni.createFrom().failure(new IllegalStateException("failed by the test"));
            default -> Uni.createFrom().item(Optional.empty());
        });

        await().until(() -> rounds.get() > 9);
    }

    @Test
    void roundMayHaveTheNextOneComeSooner() {
        start(Duration.ofSeconds(2), () -> {
            rounds.incrementAndGet();
            return Uni.createFrom().item(Optional.of(Duration.ZERO));
        });

        await().until(() -> rounds.get() > 20);
    }

    @Test
    void roundThatFailsKeepsThePace() {
        start(Duration.ofHours(1), () -> switch (rounds.incrementAndGet()) {
                    case 1 -> Uni.createFrom().item(Optional.of(Duration.ZERO));
                    case 2 -> Uni.createFrom().failure(new IllegalStateException("failed by the test"));
                    default -> Uni.createFrom().item(Optional.empty());
                })
                .soon();

        await().until(() -> rounds.get() == 3);
    }

    @Test
    void noRoundBeginsOnceItIsStopped() {
        RepeatingTask task = start(Duration.ofMillis(4), () -> {
            rounds.incrementAndGet();
            return Uni.createFrom().item(Optional.empty());
        });
        await().until(() -> rounds.get() > 2);
        task.stop();

        int last = rounds.get();
        await().during(Duration.ofMillis(100)).until(() -> rounds.get() <= last + 1);
        assertThat(rounds).hasValueLessThanOrEqualTo(last + 1);
    }

    private RepeatingTask start(Duration interval, Supplier<Uni<Optional<Duration>>> round) {
        RepeatingTask task = new RepeatingTask(vertx, "test", interval, Logger.Level.DEBUG, round);
        task.start();
        return task;
    }
}
