package io.mainstay.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.LimitReachedException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnswerBudgetTest {

    private static final long ALL = 2 * 1024 * 1024;
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final AnswerBudget budget = budget(Map.of());

    @AfterEach
    void stop() {
        vertx.close();
    }

    @Test
    void sharesAreGivenInTheOrderTheyWereAskedForWhenThereIsRoom() {
        var first = take(ALL - 10);
        List<String> given = new CopyOnWriteArrayList<>();
        var large = budget.take(11).invoke(share -> given.add("large")).subscribeAsCompletionStage();
        var small = budget.take(5).invoke(share -> given.add("small")).subscribeAsCompletionStage();
        assertThat(given).isEmpty();

        first.shrinkTo(ALL - 12);
        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(given)
                .containsExactly("large"));
        large.join().release();
        Awaitility.await().atMost(DEADLINE).untilAsserted(() -> assertThat(given)
                .containsExactly("large", "small"));
        small.join().release();
        first.release();
        first.release();
        assertThat(budget.free()).isEqualTo(ALL);
    }

    @Test
    void moreThanThereIsCountsAsAllThereIs() {
        take(10 * ALL).release();
        assertThat(budget.free()).isEqualTo(ALL);
    }

    /** What holds a little of it for long, as a caller that reads slowly does, holds up nobody. */
    @Test
    void answersOfUnknownSizeLeaveRoom() {
        AnswerBudget.Share slow = take(ALL / 4);
        AnswerBudget.Share unknown = take(budget.largest());
        take(ALL / 4).release();
        unknown.release();
        slow.release();
        assertThat(budget.free()).isEqualTo(ALL);
    }

    @Test
    void whoeverWaitsTooLongIsRefused() {
        AnswerBudget.Share all = take(ALL);
        assertThatThrownBy(() -> budget.take(1).await().atMost(DEADLINE)).isInstanceOf(LimitReachedException.class);
        all.release();
        assertThat(budget.free()).isEqualTo(ALL);
    }

    @Test
    void whoeverGivesUpWaitingLeavesItsPlace() {
        AnswerBudget.Share all = take(ALL);
        CompletableFuture<AnswerBudget.Share> waiting = budget.take(1).subscribeAsCompletionStage();
        waiting.cancel(false);
        all.release();
        assertThat(budget.free()).isEqualTo(ALL);
    }

    @Test
    void shareThatIsNotGivenBackEndsInTime() {
        AnswerBudget hasty = budget(Map.of("mainstay.answers.write-timeout", "PT1S"));
        CompletableFuture<Void> told = new CompletableFuture<>();
        hasty.take(ALL).await().atMost(DEADLINE).whenOverdue(() -> told.complete(null));
        Awaitility.await().atMost(DEADLINE).until(told::isDone);
        Awaitility.await().atMost(DEADLINE).until(() -> hasty.free() == ALL);
    }

    @Test
    void boundsAreChecked() {
        assertThatThrownBy(() -> budget(Map.of("mainstay.answers.memory", "1M")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.answers.memory");
        assertThatThrownBy(() -> budget(Map.of("mainstay.answers.write-timeout", "PT0.5S")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.answers.write-timeout");
    }

    private AnswerBudget.Share take(long bytes) {
        return budget.take(bytes).await().atMost(DEADLINE);
    }

    private AnswerBudget budget(Map<String, String> config) {
        AnswersConfig mapping = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(AnswersConfig.class)
                .withDefaultValue("mainstay.answers.memory", "2M")
                .withDefaultValues(config)
                .build()
                .getConfigMapping(AnswersConfig.class);
        return new AnswerBudget(vertx, mapping);
    }
}
