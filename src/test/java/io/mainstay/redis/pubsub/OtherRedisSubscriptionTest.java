package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.health.SubscriptionState;
import io.mainstay.job.QueueName;
import io.mainstay.process.OtherRedis;
import io.mainstay.process.RedisNode;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oldest and the newest servers: what is subscribed to comes through, and again after connections or the server were killed. */
class OtherRedisSubscriptionTest {

    private static final Duration INTERVAL = Duration.ofMillis(200);

    @ParameterizedTest
    @EnumSource
    void subscriptionIsRestoredAfterItsConnectionAndItsServerWereKilled(OtherRedis program) {
        try (RedisNode node = RedisNode.start(program).awaitUp();
                WakeUpsUnderTest wakeUps = new WakeUpsUnderTest(node.address(), INTERVAL)) {
            awaitHint(node, wakeUps, "first");

            node.call("CLIENT", "KILL", "TYPE", "pubsub");
            eventually(() -> assertThat(wakeUps.states()).hasSizeGreaterThan(2));
            awaitHint(node, wakeUps, "second");

            node.kill();
            eventually(() -> assertThat(wakeUps.state()).isNotEqualTo(SubscriptionState.LIVE));
            node.restart();
            awaitHint(node.awaitUp(), wakeUps, "third");
        }
    }

    private static void awaitHint(RedisNode node, WakeUpsUnderTest wakeUps, String queue) {
        eventually(() -> assertThat(wakeUps.live()).isTrue());
        eventually(() -> {
            node.call("PUBLISH", "ms:wake", queue);
            assertThat(wakeUps.hints()).contains(new QueueName(queue));
        });
    }

    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(assertion);
    }
}
