package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.health.SubscriptionState;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.WakeUps;
import io.mainstay.queue.waiting.EndNotices;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.OwnRedis;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The subscription against a real Redis and a network that does what networks do. With the settings of production. */
class SubscriptionTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private OwnRedis redis;
    private FaultyProxy proxy;
    private WakeUpsUnderTest wakeUps;

    @BeforeEach
    void open() {
        redis = new OwnRedis();
        proxy = new FaultyProxy(redis.port());
        wakeUps = new WakeUpsUnderTest(proxy.address(), INTERVAL);
        eventually(() -> assertThat(wakeUps.live()).isTrue());
    }

    @AfterEach
    void close() {
        wakeUps.close();
        proxy.close();
        redis.close();
    }

    @TimedTest
    void hintReachesListenersAndTheFirstClaimRoundIsAskedFor() {
        redis.run("PUBLISH ms:wake q");

        eventually(() -> assertThat(wakeUps.hints()).containsExactly(QUEUE));
        assertThat(wakeUps.states()).containsExactly(SubscriptionState.CONNECTING, SubscriptionState.LIVE);
        assertThat(wakeUps.missedRounds()).isPositive();
    }

    @Test
    void waitsAndEndsAreTold() {
        List<String> told = new CopyOnWriteArrayList<>();
        wakeUps.ends().listen(new EndNotices.Listener() {
            @Override
            public void awaited(QueueName queue, List<JobId> jobs) {
                told.add("awaited " + queue + " " + jobs);
            }

            @Override
            public void ended(QueueName queue, JobId job) {
                told.add("ended " + queue + " " + job);
            }
        });
        for (String nonsense : new String[] {"wait", "end Q x", "what q x"}) {
            redis.run("PUBLISH ms:waits", nonsense);
        }
        wakeUps.ends().tellAwaited(QUEUE, List.of(new JobId("a"), new JobId("b")));
        wakeUps.ends().tellEnded(QUEUE, new JobId("a"));

        eventually(() -> assertThat(told).containsExactlyInAnyOrder("awaited q [a, b]", "ended q a"));
    }

    @TimedTest
    void cancelledJobsAreNamed() {
        redis.run("PUBLISH ms:wake", "q job-1 job-2");
        redis.run("PUBLISH ms:wake", "q not/an/id");
        redis.run("PUBLISH ms:wake later");

        eventually(() -> assertThat(wakeUps.hints()).containsExactly(new QueueName("later")));
        assertThat(wakeUps.cancelled()).containsExactly("q/job-1", "q/job-2");
    }

    @TimedTest
    void handlersOfAHintAreNamed() {
        redis.run("PUBLISH ms:wake q/mail,echo");
        redis.run("PUBLISH ms:wake unreadable/?");

        eventually(() -> assertThat(wakeUps.hints()).containsExactly(QUEUE, new QueueName("unreadable")));
        assertThat(wakeUps.hinted()).containsExactlyInAnyOrder("q/mail", "q/echo");
    }

    @Test
    void doubtfulSubscriptionIsProvenAgainAtOnceAndEverythingIsLookedAt() {
        int missed = wakeUps.missedRounds();
        wakeUps.wakeUps().doubt();

        eventually(() -> assertThat(wakeUps.states())
                .endsWith(SubscriptionState.LIVE, SubscriptionState.SUSPECT, SubscriptionState.LIVE));
        assertThat(wakeUps.missedRounds()).isGreaterThan(missed);
        assertThat(redis.subscribers("ms:wake")).isEqualTo(1);
    }

    @TimedTest
    void killedConnectionIsReplacedWithinTwoSeconds() {
        Duration took = outage(() -> redis.run("CLIENT KILL TYPE pubsub"));

        within(Duration.ofSeconds(2).minus(took), () -> assertThat(redis.subscribers("ms:wake"))
                .isEqualTo(1));
        assertThat(wakeUps.states()).contains(SubscriptionState.DOWN);
        assertHintsComeThrough();
    }

    @TimedTest
    void restartedRedisIsSubscribedToWithinThreeSeconds() {
        redis.kill();
        eventually(() -> assertThat(wakeUps.state()).isEqualTo(SubscriptionState.DOWN));

        assertThat(outage(redis::start)).isLessThan(Duration.ofSeconds(3));
        assertHintsComeThrough();
    }

    @TimedTest
    void blackHoledConnectionsAreReplacedWithinThreeSeconds() {
        assertThat(outage(proxy::blackHoleConnections)).isLessThan(Duration.ofSeconds(3));
        assertHintsComeThrough();
    }

    @TimedTest
    void blackHoledSubscriptionAloneIsReplacedWithinThreeSeconds() {
        assertThat(outage(proxy::blackHoleSubscriptions)).isLessThan(Duration.ofSeconds(3));
        assertHintsComeThrough();
    }

    @TimedTest
    void unsubscribeNobodyAskedForIsMadeGood() {
        unsubscribed(">");
    }

    @TimedTest
    void unsubscribeNobodyAskedForIsMadeGoodInResp2() {
        unsubscribed("*");
    }

    /** As the server would say it. */
    private void unsubscribed(String type) {
        Duration took =
                outage(() -> proxy.sendToSubscribers(type + "3\r\n$11\r\nunsubscribe\r\n$7\r\nms:wake\r\n:0\r\n"));

        assertThat(took).isLessThan(Duration.ofSeconds(2));
        assertHintsComeThrough();
    }

    @TimedTest
    void swallowedMessagesAreNoticedThoughEverythingElseAnswers() {
        proxy.swallowMessages(true);
        eventually(() ->
                assertThat(wakeUps.states()).containsSubsequence(SubscriptionState.SUSPECT, SubscriptionState.DOWN));
        int connections = proxy.accepted();
        eventually(() -> assertThat(proxy.accepted()).isGreaterThan(connections));
        assertThat(wakeUps.live()).isFalse();

        assertThat(outage(() -> proxy.swallowMessages(false))).isLessThan(Duration.ofSeconds(3));
        assertHintsComeThrough();
    }

    @TimedTest
    void forbiddenSubscriptionIsDownWithoutAStormAndBackWhenPermitted() {
        forbidden("-subscribe");
    }

    @TimedTest
    void forbiddenChannelsAreDownWithoutAStormAndBackWhenPermitted() {
        forbidden("resetchannels");
    }

    private void forbidden(String rule) {
        int missedBefore = wakeUps.missedRounds();
        redis.run("ACL SETUSER default " + rule);
        redis.run("CLIENT KILL TYPE pubsub");
        eventually(() -> assertThat(wakeUps.state()).isEqualTo(SubscriptionState.DOWN));
        assertThat(wakeUps.live()).isFalse();
        assertThat(wakeUps.missedRounds()).isGreaterThan(missedBefore);

        // A storm would be hundreds.
        assertThat(attemptsPerSecond(5)).isBetween(0.5, 8.0);

        assertThat(outage(() -> redis.run("ACL SETUSER default +@all allchannels")))
                .isLessThan(Duration.ofSeconds(3));
        assertHintsComeThrough();
    }

    @TimedTest
    void connectionsKilledInALoopMakeNoStorm() {
        int before = proxy.accepted();
        long start = System.nanoTime();
        eventually(() -> {
            redis.run("CLIENT KILL TYPE pubsub");
            assertThat(proxy.accepted() - before).isGreaterThanOrEqualTo(5);
        });

        assertThat(perSecond(5, start)).isLessThan(5);
        eventually(() -> assertThat(wakeUps.live()).isTrue());
    }

    @TimedTest
    void canaryThatCannotBePublishedIsNotHeldAgainstTheSubscription() {
        String connection = subscriberId();
        redis.run("ACL SETUSER default -publish");
        eventually(() -> assertThat(wakeUps.state()).isEqualTo(SubscriptionState.SUSPECT));
        assertThat(wakeUps.live()).isFalse();
        Awaitility.await().during(INTERVAL.multipliedBy(4)).atMost(DEADLINE).until(() -> subscriberId()
                .equals(connection));

        assertThat(outage(() -> redis.run("ACL SETUSER default +publish"))).isLessThan(Duration.ofSeconds(3));
        assertThat(subscriberId()).isEqualTo(connection);
        assertThat(wakeUps.states()).doesNotContain(SubscriptionState.DOWN);
    }

    @TimedTest
    void channelOfNoticesMayBeForbidden() {
        redis.run("ACL SETUSER default resetchannels &ms:*");
        redis.run("CLIENT KILL TYPE pubsub");
        eventually(() ->
                assertThat(wakeUps.states()).endsWith(SubscriptionState.LIVE).hasSizeGreaterThan(2));

        assertThat(redis.subscribers("AzureRedisEvents")).isZero();
        assertHintsComeThrough();
    }

    @TimedTest
    void maintenanceIsToldAndWakeUpsAreNotReliedUponUntilItEnded() {
        eventually(() -> assertThat(redis.subscribers("AzureRedisEvents")).isEqualTo(1));
        redis.run("PUBLISH AzureRedisEvents NotificationType|NodeMaintenanceStarting|StartTimeInUTC|"
                + "2026-01-31T12:34:19|IsReplica|False|IPAddress|10.0.0.1|SSLPort|15001|NonSSLPort|13001");
        eventually(() -> assertThat(wakeUps.notices()).containsExactly("starting"));
        assertThat(wakeUps.live()).isFalse();
        assertThat(wakeUps.state()).isEqualTo(SubscriptionState.LIVE);

        redis.run("PUBLISH AzureRedisEvents NotificationType|NodeMaintenanceEnded");
        eventually(() -> assertThat(wakeUps.live()).isTrue());
    }

    @TimedTest
    void recycledSubscriptionIsAnotherOne() {
        String connection = subscriberId();
        int missedBefore = wakeUps.missedRounds();
        wakeUps.wakeUps().recycle("test");

        eventually(() -> assertThat(subscriberId()).isNotEqualTo(connection));
        eventually(() -> assertThat(wakeUps.live()).isTrue());
        assertThat(wakeUps.missedRounds()).isGreaterThan(missedBefore);
    }

    @TimedTest
    void listenersThatThrowHarmNobody() {
        wakeUps.wakeUps().listen(new Thrower());
        List<QueueName> heardLast = new CopyOnWriteArrayList<>();
        wakeUps.wakeUps().listen(new WakeUps.Listener() {
            @Override
            public void hint(QueueName queue, Set<HandlerName> handlers) {
                heardLast.add(queue);
            }

            @Override
            public void missed() {}
        });

        assertThat(outage(() -> redis.run("CLIENT KILL TYPE pubsub"))).isLessThan(Duration.ofSeconds(2));
        assertHintsComeThrough();
        eventually(() -> assertThat(heardLast).contains(QUEUE));
    }

    @TimedTest
    void endIsNoEvent() {
        List<LogRecord> noise = new CopyOnWriteArrayList<>();
        Handler listening = new Recorder(noise);
        Logger logger = Logger.getLogger("io.mainstay.redis");
        logger.addHandler(listening);
        try {
            int missedBefore = wakeUps.missedRounds();
            wakeUps.wakeUps().close();
            eventually(() -> assertThat(redis.subscribers("ms:wake")).isZero());
            int connections = proxy.accepted();
            wakeUps.wakeUps().close();
            wakeUps.wakeUps().recycle("too late");

            assertThat(proxy.accepted()).isEqualTo(connections);
            assertThat(wakeUps.missedRounds()).isEqualTo(missedBefore);
            assertThat(noise).isEmpty();
        } finally {
            logger.removeHandler(listening);
        }
    }

    /** @return from when {@code fault} returned until wake-ups, having been gone or not yet, come through for sure */
    private Duration outage(ThrowingRunnable fault) {
        int statesBefore = wakeUps.states().size();
        run(fault);
        long start = System.nanoTime();
        eventually(
                () -> assertThat(wakeUps.states().stream().skip(statesBefore)).contains(SubscriptionState.LIVE));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return took;
    }

    /** From one attempt on: so many more take so many times what lies between two. */
    private double attemptsPerSecond(int attempts) {
        int before = proxy.accepted();
        eventually(() -> assertThat(proxy.accepted()).isGreaterThan(before));
        int first = proxy.accepted();
        long start = System.nanoTime();
        eventually(() -> assertThat(proxy.accepted() - first).isGreaterThanOrEqualTo(attempts));
        return perSecond(attempts, start);
    }

    private static double perSecond(int count, long start) {
        return count / ((System.nanoTime() - start) / 1e9);
    }

    private void assertHintsComeThrough() {
        redis.run("PUBLISH ms:wake q");
        eventually(() -> assertThat(wakeUps.hints()).contains(QUEUE));
    }

    private String subscriberId() {
        return Stream.of(redis.run("CLIENT LIST TYPE pubsub").toString().split(" "))
                .filter(field -> field.startsWith("id="))
                .findFirst()
                .orElse("none");
    }

    private static void eventually(ThrowingRunnable expected) {
        within(DEADLINE, expected);
    }

    private static void within(Duration deadline, ThrowingRunnable expected) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(deadline)
                .untilAsserted(expected);
    }

    private static void run(ThrowingRunnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static final class Thrower implements WakeUps.Listener {
        @Override
        public void hint(QueueName queue, Set<HandlerName> handlers) {
            throw new AssertionError("of a listener");
        }

        @Override
        public void missed() {
            missed();
        }
    }

    private static final class Recorder extends Handler {
        private final List<LogRecord> noise;

        Recorder(List<LogRecord> noise) {
            this.noise = noise;
        }

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
                noise.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
