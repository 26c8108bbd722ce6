package io.mainstay.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.TestClock;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records reach the store in order and once, whatever becomes of answers, and wait in bounded number. */
class AuditSenderTest {

    private final Vertx vertx = Vertx.vertx();
    private final InMemoryAuditStore kept = new InMemoryAuditStore(new TestClock());
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AuditSender sender = new AuditSender(AuditKind.CHANGES, new HeldStore(), "sender", 10_000, vertx);

    private record Call(AuditBatch batch, UniEmitter<? super Void> answer) {}

    /** Its answers come when the test says so. */
    private final class HeldStore implements AuditStore {
        @Override
        public Uni<Void> add(AuditBatch batch, int most) {
            return Uni.createFrom().emitter(answer -> calls.add(new Call(batch, answer)));
        }

        @Override
        public Uni<List<AuditEntry>> latest(AuditKind kind, long fromMs, Optional<AuditId> before, int count) {
            return kept.latest(kind, fromMs, before, count);
        }
    }

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void oneBatchIsUnderWayAndTheRestGoTogether() {
        IntStream.range(0, 250).forEach(this::offer);

        assertThat(take().batch().records()).hasSize(1);
        assertThat(sender.idle()).isNotDone();
        List<Integer> sizes = IntStream.range(0, 3)
                .mapToObj(i -> take())
                .map(call -> call.batch().records().size())
                .toList();

        assertThat(sizes).containsExactly(100, 100, 49);
        assertThat(sender.idle()).isDone();
        assertThat(calls).isEmpty();
        assertThat(operations()).isEqualTo(names(250));
    }

    @Test
    void whatWasNotAnsweredIsSentAgainAndKeptOnce() {
        offer(0);
        offer(1);
        Call lost = calls.remove();
        keep(lost);
        lost.answer().fail(new StoreUnavailableException("no answer", null));

        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !calls.isEmpty());
        take();
        take();

        assertThat(operations()).isEqualTo(names(2));
    }

    @Test
    void noMoreThanAThousandWait() {
        long taken = IntStream.range(0, 5000).filter(this::offer).count();

        assertThat(taken).isEqualTo(1001);
        while (!calls.isEmpty()) {
            take();
        }
        assertThat(offer(0)).isTrue();
    }

    private boolean offer(int number) {
        return sender.offer(new AuditRecord(null, null, "o" + number, null, null, null, 200, null));
    }

    /** Keeps what came next and answers. */
    private Call take() {
        Call call = calls.remove();
        keep(call);
        call.answer().complete(null);
        return call;
    }

    private void keep(Call call) {
        kept.add(call.batch(), 10_000).await().indefinitely();
    }

    private List<String> operations() {
        return kept.latest(AuditKind.CHANGES, 0, Optional.empty(), 1000).await().indefinitely().stream()
                .map(entry -> entry.record().operation())
                .toList();
    }

    private static List<String> names(int count) {
        return IntStream.iterate(count - 1, i -> i >= 0, i -> i - 1)
                .mapToObj(i -> "o" + i)
                .toList();
    }
}
