package io.mainstay.due;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Duration SOON = Duration.ofSeconds(8);

    private final List<QueueName> begun = new CopyOnWriteArrayList<>();
    private final Queue<Runnable> held = new ConcurrentLinkedQueue<>();
    private final Map<QueueName, Boolean> silent = new ConcurrentHashMap<>();
    private final Rounds<QueueName> rounds = new Rounds<>("test", this::work);

    @Test
    void dozenQueuesThatNeverAnswerHoldUpNoneBehindThem() {
        IntStream.range(0, 12).forEach(i -> addSilent(i % 4, "a-dead-" + i));
        IntStream.range(0, 12).forEach(i -> addSilent(0, "dead-" + i));
        IntStream.range(0, 100).forEach(i -> rounds.add(4 + i % 10, queue("z-" + i)));

        Awaitility.await()
                .atMost(SOON)
                .until(() -> begun.stream()
                                .filter(queue -> queue.value().startsWith("z-"))
                                .count()
                        == 100);
    }

    @Test
    void thoseOfABucketThatIsSlowWaitUntilItIsNot() {
        IntStream.range(0, 8).forEach(i -> addSilent(0, "slow-" + i));
        rounds.add(0, queue("behind"));
        rounds.add(1, queue("elsewhere"));
        Awaitility.await().atMost(SOON).until(() -> begun.contains(queue("elsewhere")));
        assertThat(begun).hasSize(9).doesNotContain(queue("behind"));

        held.forEach(Runnable::run);
        Awaitility.await().atMost(SOON).until(() -> begun.contains(queue("behind")));
    }

    @Test
    void whatIsUnderWayIsNotBegunAgainAndIdleTellsWhenAllIsDone() {
        addSilent(0, "a");
        addSilent(0, "a");
        Uni<Void> idle = rounds.idle().memoize().indefinitely();
        var done = idle.subscribeAsCompletionStage();
        assertThat(begun).containsExactly(queue("a"));
        assertThat(done).isNotDone();

        held.forEach(Runnable::run);
        assertThat(done).isDone();
        addSilent(0, "a");
        assertThat(begun).hasSize(2);
    }

    @Test
    void oneThatThrowsHoldsUpNoOther() {
        Rounds<String> broken = new Rounds<>("test", what -> {
            throw new IllegalStateException(what);
        });
        IntStream.range(0, 20).forEach(i -> broken.add(0, "a" + i));
        broken.idle().await().atMost(SOON);
    }

    private void addSilent(int bucket, String name) {
        silent.put(queue(name), true);
        rounds.add(bucket, queue(name));
    }

    private Uni<Void> work(QueueName queue) {
        begun.add(queue);
        return silent.containsKey(queue)
                ? Uni.createFrom().emitter(emitter -> held.add(() -> emitter.complete(null)))
                : Uni.createFrom().voidItem();
    }

    private static QueueName queue(String name) {
        return new QueueName(name);
    }
}
