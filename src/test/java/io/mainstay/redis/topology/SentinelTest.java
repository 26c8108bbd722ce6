package io.mainstay.redis.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.machine.Inexcusable;
import io.mainstay.machine.TimedTest;
import io.mainstay.process.RedisNode;
import io.mainstay.process.RedisSentinelSet;
import io.mainstay.queue.QueueFigures;
import io.mainstay.redis.store.RedisKeys;
import io.mainstay.redis.store.RedisUnderTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Primaries that change under load, each in one of the ways there are. */
class SentinelTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration BACK = Duration.ofSeconds(2);
    private static final Duration WARM = Duration.ofSeconds(30);

    private RedisSentinelSet set;
    private RedisUnderTest redis;
    private Pulse pulse;

    @BeforeEach
    void open() {
        set = new RedisSentinelSet();
        redis = RedisUnderTest.of(set, Map.of());
        pulse = new Pulse(redis.jobs(), QUEUE).awaitBeats(50, WARM);
    }

    @AfterEach
    void close() {
        if (pulse != null) {
            pulse.close();
        }
        if (redis != null) {
            redis.close();
        }
        if (set != null) {
            set.close();
        }
    }

    @TimedTest
    void callsSucceedSoonAfterAKilledPrimaryWasReplaced() {
        RedisNode primary = set.primary();
        // One sentinel less: its silence must not cost time.
        set.sentinels().get(2).freeze(true);
        primary.kill();
        set.awaitPromotionFrom(primary);

        pulse.awaitBeats(5, BACK);
    }

    @TimedTest
    void callsGoToThePromotedReplicaAfterAFailoverBySentinels() {
        RedisNode before = set.primary();
        set.failOver();
        RedisNode promoted = set.awaitPromotionFrom(before);

        pulse.awaitBeats(5, BACK);
        pulse.stop();
        // What the old primary takes until the sentinels tell it is lost; then what is seen is the new one's.
        Awaitility.await().atMost(WARM).untilAsserted(() -> assertThat(depthAsSeenBy(promoted))
                .isEqualTo(figures().counts().get(JobState.READY)));
    }

    @TimedTest
    void callsFollowAPrimaryThatHandedOverByItselfThoughSentinelsDoNotKnowYet() {
        set.handOver();

        pulse.awaitBeats(5, BACK);
        pulse.stop();
        assertThat(depthAsSeenBy(set.primary())).isEqualTo(figures().counts().get(JobState.READY));
        Inexcusable.unless(() -> assertThat(figures().counts().get(JobState.READY))
                .isGreaterThanOrEqualTo(pulse.acknowledged().size()));
    }

    private QueueFigures figures() {
        return redis.jobs()
                .figures(List.of(QUEUE))
                .await()
                .atMost(Duration.ofSeconds(10))
                .get(0);
    }

    private static long depthAsSeenBy(RedisNode node) {
        return Long.parseLong(node.call("ZCARD", new RedisKeys(QUEUE).state(JobState.READY)));
    }
}
