package io.mainstay.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Layout;
import io.mainstay.policy.QueuePolicy;
import io.mainstay.queue.QueueLimits;
import io.mainstay.queue.TwinUnderTest;
import io.mainstay.queue.UnreliableStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionTurnsTest {

    private static final QueueName QUEUE = new QueueName("orders");
    private static final QueueLimits TWELVE_AT_A_TIME = new QueueLimits(
            OptionalLong.empty(), OptionalInt.of(12), Optional.empty(), OptionalInt.empty(), Optional.empty());

    private final TwinUnderTest store = TwinUnderTest.open(100);
    private final Spread spread = Spread.over(store);
    private long now = 1_800_000_000_000L;
    private final InstantSource clock = () -> Instant.ofEpochMilli(now);
    private final UnreliableStore unreliable = new UnreliableStore(store.store());
    private final PartitionTurns turns = instance();

    @Test
    void jobsOfATurnGoToOnePartition() {
        partitions(12);
        assertThat(partitionsOf(PartitionTurns.MOST_JOBS)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 6, 7, 12, 24, 32})
    void eachPartitionHasItsTurn(int partitions) {
        partitions(partitions);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < partitions; i++) {
            seen.addAll(partitionsOf(2));
            now += PartitionTurns.TURN_MS;
        }
        assertThat(seen).hasSize(partitions);
    }

    @Test
    void allInstancesGiveATurnToTheSamePartition() {
        partitions(12);
        PartitionTurns other = instance();
        other.next(QUEUE);
        for (int i = 0; i < 30; i++) {
            assertThat(partitionOf(other.next(QUEUE))).isEqualTo(partitionOf(turns.next(QUEUE)));
            now += PartitionTurns.TURN_MS;
        }
    }

    @Test
    void manyJobsAreSpreadAtOnceAndInTheNextTurn() {
        partitions(12);
        assertThat(partitionsOf(PartitionTurns.MOST_JOBS + 1000)).hasSize(12);
        now += PartitionTurns.TURN_MS;
        assertThat(partitionsOf(100)).hasSizeGreaterThan(6);
        now += PartitionTurns.TURN_MS;
        assertThat(partitionsOf(100)).hasSize(1);
    }

    @Test
    void jobsOfAQueueWithLimitsAreSpread() {
        partitions(12);
        assertThat(partitionsOf(100)).hasSize(1);

        spread.jobs().setLimits(QUEUE, TWELVE_AT_A_TIME).await().indefinitely();
        now += PartitionTurns.LIMITS_KNOWN.toMillis();
        partitionsOf(1);
        assertThat(partitionsOf(100)).hasSizeGreaterThan(6);

        spread.jobs().setLimits(QUEUE, QueueLimits.NONE).await().indefinitely();
        now += PartitionTurns.LIMITS_KNOWN.toMillis();
        partitionsOf(1);
        assertThat(partitionsOf(100)).hasSize(1);
    }

    @Test
    void jobsAreSpreadAsLongAsLimitsAreNotKnown() {
        partitions(12);
        unreliable.mood = UnreliableStore.Mood.FAILS;
        assertThat(partitionsOf(100)).hasSizeGreaterThan(6);

        unreliable.mood = UnreliableStore.Mood.ANSWERS;
        now += PartitionTurns.LIMITS_KNOWN.toMillis();
        partitionsOf(1);
        assertThat(partitionsOf(100)).hasSize(1);
    }

    @Test
    void limitsAreAskedForNowAndThen() {
        partitions(12);
        int before = unreliable.calls();
        partitionsOf(1000);
        assertThat(unreliable.calls() - before).isEqualTo(1);
    }

    @Test
    void storeIsNotAskedAboutQueuesWithoutPartitions() {
        assertThat(turns.next(QUEUE)).isNotEqualTo(turns.next(QUEUE));
        assertThat(unreliable.calls()).isZero();
    }

    private PartitionTurns instance() {
        return new PartitionTurns(new JobIds(), spread.policies(), unreliable, clock);
    }

    private void partitions(int count) {
        spread.resizer()
                .put(QUEUE, new QueuePolicy(count, QueuePolicy.NONE.critical(), QueuePolicy.NONE.hold()))
                .await()
                .indefinitely();
    }

    /** Of as many new jobs: how many go to which. */
    private Set<Integer> partitionsOf(int jobs) {
        return IntStream.range(0, jobs)
                .mapToObj(job -> partitionOf(turns.next(QUEUE)))
                .collect(Collectors.toSet());
    }

    private int partitionOf(JobId id) {
        return Layout.index(spread.policies().of(QUEUE).layout().open(), id.value());
    }
}
