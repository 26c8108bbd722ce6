package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobIds;
import io.mainstay.job.QueueName;
import io.mainstay.queue.OwnQueue;
import io.mainstay.redis.topology.Slots;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {

    @Test
    void bucketsLieInEqualPartsOfAllSlots() {
        assertThat(IntStream.range(0, Buckets.COUNT).map(bucket -> Slots.of(Buckets.next(bucket)) / 512))
                .containsExactlyElementsOf(
                        IntStream.range(0, Buckets.COUNT).boxed().toList());
    }

    @Test
    void partitionsLieInEvenlySpacedBucketsFromThatOfTheQueue() {
        QueueName queue = new QueueName("orders");
        int first = Buckets.of(queue);
        assertThat(IntStream.range(0, 8).map(part -> Buckets.of(queue.partition(8, part))))
                .containsExactlyElementsOf(IntStream.range(0, 8)
                        .mapToObj(part -> (first + 4 * part) % Buckets.COUNT)
                        .toList());
        for (int count = 1; count <= QueueName.MAX_PARTITIONS; count++) {
            int parts = count;
            assertThat(IntStream.range(0, parts).map(part -> Buckets.of(queue.partition(parts, part))))
                    .as(parts + " partitions")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void bucketInTheSecondStoreIsThatInTheFirst() {
        QueueName part = new QueueName("orders").partition(24, 5);
        assertThat(Buckets.of(part.inSecondStore())).isEqualTo(Buckets.of(part));
    }

    /** Whatever shard is dead, of three or more with equal shares: two moves at most do not leave it. */
    @Test
    void privateQueueThatMovesLeavesAThirdOfAllBucketsSoonAndVisitsMostOfThem() {
        OwnQueue own = new OwnQueue(QueueName.privateTo(new JobIds().nextToken()));
        List<Integer> visited = new ArrayList<>();
        for (int i = 0; i < 26; i++) {
            own.move();
            visited.add(Buckets.of(own.name()));
        }
        assertThat(visited).doesNotHaveDuplicates();
        for (int i = 2; i < visited.size(); i++) {
            List<Integer> thirds = visited.subList(i - 2, i + 1).stream()
                    .map(bucket -> bucket * 3 / Buckets.COUNT)
                    .distinct()
                    .toList();
            assertThat(thirds).as("moves before number " + i + " of " + visited).hasSizeGreaterThan(1);
        }
    }
}
