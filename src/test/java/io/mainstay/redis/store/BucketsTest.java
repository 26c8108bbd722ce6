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
