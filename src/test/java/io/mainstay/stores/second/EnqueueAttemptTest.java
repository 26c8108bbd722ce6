package io.mainstay.stores.second;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One job, two stores, and which of them takes it. */
class EnqueueAttemptTest {

    private static final Duration PATIENCE = Duration.ofMillis(20);
    private static final long SOON = 10;
    private static final StoreUnavailableException AWAY = new StoreUnavailableException("away", null);

    private final CompletableFuture<Enqueued> to = new CompletableFuture<>();
    private final CompletableFuture<Enqueued> other = new CompletableFuture<>();
    private final CompletableFuture<Void> otherAsked = new CompletableFuture<>();
    private final Circuit circuit = circuit();
    private final Circuit otherCircuit = circuit();

    @Test
    void theOtherIsNotAskedIfTheFirstIsInTime() throws Exception {
        CompletableFuture<Enqueued> answer = begin(Duration.ofMinutes(1));
        to.complete(job("a"));

        assertThat(answer.get(SOON, TimeUnit.SECONDS)).isSameAs(to.get());
        assertThat(otherAsked).isNotDone();
        assertThat(circuit.open()).isFalse();
    }

    @Test
    void theOtherAnswersIfTheFirstIsLate() throws Exception {
        CompletableFuture<Enqueued> answer = begin(PATIENCE);
        otherAsked.get(SOON, TimeUnit.SECONDS);
        other.complete(job("b"));

        assertThat(answer.get(SOON, TimeUnit.SECONDS)).isSameAs(other.get());
        assertThat(circuit.open()).isTrue();
    }

    @Test
    void aLateFirstAnswersIfTheOtherIsAway() throws Exception {
        CompletableFuture<Enqueued> answer = begin(PATIENCE);
        otherAsked.get(SOON, TimeUnit.SECONDS);
        other.completeExceptionally(AWAY);
        assertThat(answer).isNotDone();
        to.complete(job("a"));

        assertThat(answer.get(SOON, TimeUnit.SECONDS)).isSameAs(to.get());
        assertThat(otherCircuit.open()).isTrue();
    }

    @Test
    void itFailsOnlyIfBothDo() {
        CompletableFuture<Enqueued> answer = begin(PATIENCE);
        to.completeExceptionally(AWAY);
        assertThat(answer).isNotDone();
        other.completeExceptionally(AWAY);

        assertThatThrownBy(() -> answer.get(SOON, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCause(AWAY);
    }

    @Test
    void whatIsWrongWithTheJobIsNoReasonToAskTheOther() {
        CompletableFuture<Enqueued> answer = begin(Duration.ofMinutes(1));
        IllegalStateException wrong = new IllegalStateException("wrong");
        to.completeExceptionally(wrong);

        assertThatThrownBy(() -> answer.get(SOON, TimeUnit.SECONDS)).hasCause(wrong);
        assertThat(otherAsked).isNotDone();
    }

    private CompletableFuture<Enqueued> begin(Duration patience) {
        return EnqueueAttempt.of(
                        new EnqueueAttempt.Side(() -> answered(to), circuit),
                        new EnqueueAttempt.Side(
                                () -> {
                                    otherAsked.complete(null);
                                    return answered(other);
                                },
                                otherCircuit),
                        patience)
                .subscribeAsCompletionStage();
    }

    private static Uni<Enqueued> answered(CompletableFuture<Enqueued> future) {
        return Uni.createFrom().completionStage(future);
    }

    private static Circuit circuit() {
        return new Circuit(() -> Uni.createFrom().item(true), System::nanoTime);
    }

    private static Enqueued job(String id) {
        QueueName queue = new QueueName("orders");
        return new Enqueued.Deleted(queue, JobDraft.job(queue, id).build().id(), JobState.SUCCEEDED);
    }
}
