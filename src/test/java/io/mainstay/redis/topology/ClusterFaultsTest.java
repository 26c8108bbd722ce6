package io.mainstay.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.StartTime;
import io.mainstay.machine.Inexcusable;
import io.mainstay.machine.TimedTest;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.RedisUnderTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Shards that fail and slots that move, under load. */
class ClusterFaultsTest {

    private static final Duration BACK = Duration.ofSeconds(2);
    private static final Duration WARM = Duration.ofSeconds(30);
    private static final Duration NOT_SLOWED = Duration.ofSeconds(1);

    private RedisCluster cluster;
    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        cluster = new RedisCluster();
        redis = RedisUnderTest.of(cluster, Map.of());
    }

    @AfterEach
    void close() {
        if (redis != null) {
            redis.close();
        }
        if (cluster != null) {
            cluster.close();
        }
    }

    @TimedTest
    void queueIsBackSoonAfterThePromotionAndOthersNoticeNothing() {
        RedisNode dying = cluster.nodes().get(0);
        try (Pulse there = new Pulse(redis.jobs(), queueOn(dying, 0));
                Pulse elsewhere =
                        new Pulse(redis.jobs(), queueOn(cluster.nodes().get(1), 0));
                Pulse third = new Pulse(redis.jobs(), queueOn(cluster.nodes().get(2), 0))) {
            List.of(there, elsewhere, third)
                    .forEach(pulse -> pulse.awaitBeats(20, WARM).forgetSlowest());
            cluster.failOver(dying);
            there.awaitBeats(1, BACK);
            assertThat(elsewhere.slowest()).isLessThan(NOT_SLOWED);
            assertThat(third.slowest()).isLessThan(NOT_SLOWED);
        }
    }

    @TimedTest
    void jobsOfASlotThatMovesAreAllThereAndNoneTwice() {
        RedisNode from = cluster.nodes().get(0);
        RedisNode to = cluster.nodes().get(1);
        QueueName queue = queueOn(from, 0);
        Set<JobId> claimed = new HashSet<>();
        try (Pulse pulse = new Pulse(redis.jobs(), queue)) {
            pulse.awaitBeats(200, WARM);
            fillEverySet(queue, claimed);
            RedisCluster.SlotMove move = cluster.beginMove(cluster.slotOf(new RedisKeys(queue).base()), from, to);
            claim(queue, claimed);
            RedisKeys keys = new RedisKeys(queue);
            move.keys(from.call("ZRANGE", keys.state(JobState.READY), "0", "9")
                    .lines()
                    .map(id -> keys.job(new JobId(id)))
                    .toList());
            claim(queue, claimed);
            move.keys();
            move.end();
            pulse.awaitBeats(1, BACK);
            pulse.stop();
            int got;
            do {
                got = claim(queue, claimed);
            } while (got > 0);
            Inexcusable.unless(() -> assertThat(claimed).containsAll(pulse.acknowledged()));
        }
    }

    /** Were a key that the claim declares missing anyway, Redis would refuse it for that. */
    private void fillEverySet(QueueName queue, Set<JobId> claimed) {
        NewJob later = new NewJob(queue, new JobId("later"), Pulse.SPEC, new StartTime.After(Duration.ofHours(1)));
        redis.jobs().enqueue(later).await().atMost(WARM);
        claim(queue, claimed);
        Lease lease = new Lease(claimed.iterator().next(), "token-0");
        redis.leases()
                .settle(queue, List.of(new Settlement.Fail(lease, "test", "no more", Optional.empty())))
                .await()
                .atMost(WARM);
        claim(queue, claimed);
    }

    /** Repeats itself like a worker: a claim that got no answer may have leased jobs. */
    private int claim(QueueName queue, Set<JobId> into) {
        ClaimRequest request = SomeClaim.of(queue, "worker", "token-" + into.size(), 50, Duration.ofMinutes(1));
        Claimed answer = redis.leases()
                .claim(request)
                .onFailure()
                .recoverWithItem(new Claimed(List.of(), true, Optional.empty()))
                .await()
                .atMost(Duration.ofSeconds(10));
        for (Job job : answer.jobs()) {
            Inexcusable.unless(() -> assertThat(into.add(job.id()))
                    .as("claimed once: %s", job.id())
                    .isTrue());
        }
        return answer.jobs().size();
    }

    private QueueName queueOn(RedisNode node, int number) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "queue-" + i)
                .map(QueueName::new)
                .filter(queue -> cluster.primaryOf(new RedisKeys(queue).base()) == node)
                .skip(number)
                .findFirst()
                .orElseThrow();
    }
}
