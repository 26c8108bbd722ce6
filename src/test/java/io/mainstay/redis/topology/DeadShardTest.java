package io.mainstay.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.due.Rounds;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.SomeClaim;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A dead shard holds up its own queues, and nothing else. */
class DeadShardTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration PROMPT = Duration.ofSeconds(1);

    private static DeadShard shard;

    @BeforeAll
    static void open() {
        shard = new DeadShard();
    }

    @AfterAll
    static void close() {
        if (shard != null) {
            shard.close();
        }
    }

    @TimedTest
    void othersAreReachedAndItIsNamed() {
        assertThat(await(shard.store().jobs().reach(Duration.ofMillis(1500)))).isEqualTo(List.of(shard.name()));
    }

    @TimedTest
    void firstEnqueueOfQueuesElsewhereIsNotHeldUp() {
        QueueName dead = shard.there().get(0);
        for (QueueName queue : shard.elsewhere()) {
            long begun = System.nanoTime();
            await(enqueue(queue));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMPT);
        }
        Assertions.assertThatThrownBy(() -> await(enqueue(dead))).isInstanceOf(StoreUnavailableException.class);
    }

    @TimedTest
    void sweepsOfADozenQueuesThereDoNotHoldUpThoseBehindThem() {
        Set<QueueName> swept = ConcurrentHashMap.newKeySet();
        Rounds<QueueName> sweeps = new Rounds<>("sweep", queue -> shard.store()
                .leases()
                .claim(SomeClaim.of(queue, "sweeper", "t", 0, PROMPT))
                .invoke(() -> swept.add(queue))
                .replaceWithVoid());
        assertThat(shard.there()).hasSize(12);
        shard.there().forEach(queue -> sweeps.add(DeadShard.bucketOf(queue), queue));
        shard.elsewhere().forEach(queue -> sweeps.add(DeadShard.bucketOf(queue), queue));

        Awaitility.await().atMost(PROMPT.multipliedBy(2)).until(() -> swept.containsAll(shard.elsewhere()));
        assertThat(swept).doesNotContainAnyElementsOf(shard.there());
    }

    /** As the canaries of an instance do, whose first name is there. */
    @TimedTest
    void privateQueueFindsAShardThatAnswersInThreeMovesAtMost() {
        OwnQueue own = new OwnQueue(IntStream.range(0, 1000)
                .mapToObj(i -> QueueName.privateTo("instance-" + i))
                .filter(shard::isThere)
                .findFirst()
                .orElseThrow());
        int moves = 0;
        while (!taken(own.name())) {
            own.move();
            assertThat(++moves).isLessThanOrEqualTo(3);
        }
        assertThat(moves).isPositive();
        assertThat(await(shard.store().leases().claim(SomeClaim.of(own.name(), "me", "t", 1, DEADLINE)))
                        .jobs())
                .extracting(Job::queue)
                .containsExactly(own.name());
    }

    private static boolean taken(QueueName queue) {
        return await(enqueue(queue)
                .replaceWith(true)
                .ifNoItem()
                .after(Duration.ofMillis(500))
                .fail()
                .onFailure()
                .recoverWithItem(false));
    }

    private static Uni<?> enqueue(QueueName queue) {
        return shard.store().jobs().enqueue(new NewJob(queue, new JobId("first"), Pulse.SPEC, StartTime.NOW));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
