package io.mainstay.redis.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.events.ChangeFeed;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.StateChange;
import io.mainstay.redis.OwnRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two instances on one real Redis, telling each other of state changes. */
class ChangeFeedTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final OwnRedis redis = new OwnRedis();
    private final WakeUpsUnderTest teller = new WakeUpsUnderTest(address(), Duration.ofSeconds(1));
    private final WakeUpsUnderTest hearer = new WakeUpsUnderTest(address(), Duration.ofSeconds(1));

    @BeforeEach
    void bothHearEachOther() {
        eventually(() -> assertThat(redis.subscribers("ms:events:wanted")).isEqualTo(2));
    }

    @AfterEach
    void close() {
        hearer.close();
        teller.close();
        redis.close();
    }

    @TimedTest
    void changesOfBothInstancesReachTheListenerInOrder() {
        Recorder heard = new Recorder();
        hearer.changes().listen(heard);
        eventually(() -> assertThat(heard.live).hasPositiveValue());
        eventually(() -> assertThat(teller.changes().wanted()).isTrue());
        assertThat(hearer.changes().wanted()).isTrue();

        List<StateChange> told =
                IntStream.range(0, 1000).mapToObj(ChangeFeedTest::change).toList();
        told.forEach(teller.changes()::tell);
        eventually(() -> assertThat(heard.changes).isEqualTo(told));
        hearer.changes().tell(change(-1));
        eventually(() -> assertThat(heard.changes).contains(change(-1)));
        assertThat(heard.dropped).hasValue(0);
    }

    @TimedTest
    void aChangedQueueIsToldToOtherInstances() {
        Recorder heard = new Recorder();
        hearer.changes().listen(heard);
        eventually(() -> assertThat(heard.live).hasPositiveValue());
        teller.changes().tell(new QueueName("q"));
        teller.changes().tell(change(1));

        eventually(() -> assertThat(heard.queues).containsExactly(new QueueName("q")));
        eventually(() -> assertThat(heard.changes).containsExactly(change(1)));
        assertThat(heard.dropped).hasValue(0);
    }

    @TimedTest
    void whileNobodyListensNothingIsWantedPublishedOrSubscribedTo() throws Exception {
        assertThat(teller.changes().wanted()).isFalse();
        assertThat(redis.subscribers("ms:events")).isZero();

        Recorder heard = new Recorder();
        AutoCloseable listening = hearer.changes().listen(heard);
        eventually(() -> assertThat(teller.changes().wanted()).isTrue());
        eventually(() -> assertThat(redis.subscribers("ms:events")).isEqualTo(1));
        listening.close();
        listening.close();

        eventually(() -> assertThat(teller.changes().wanted()).isFalse());
        eventually(() -> assertThat(hearer.changes().wanted()).isFalse());
        eventually(() -> assertThat(redis.subscribers("ms:events")).isZero());
    }

    @TimedTest
    void aListenerWhoseConnectionWasKilledIsToldWhenChangesComeThroughAgain() {
        Recorder heard = new Recorder();
        hearer.changes().listen(heard);
        eventually(() -> assertThat(heard.live).hasValue(1));
        redis.run("CLIENT KILL TYPE pubsub");

        eventually(() -> assertThat(heard.live.get()).isGreaterThan(1));
        eventually(() -> assertThat(teller.changes().wanted()).isTrue());
        teller.changes().tell(change(1));
        eventually(() -> assertThat(heard.changes).containsExactly(change(1)));
    }

    @TimedTest
    void whatIsNoMessageOfOursIsIgnored() {
        Recorder heard = new Recorder();
        hearer.changes().listen(heard);
        eventually(() -> assertThat(heard.live).hasPositiveValue());
        redis.run("PUBLISH ms:events nonsense");
        redis.run("PUBLISH ms:events", "0\nq id handler nowhere 1 2");
        redis.run("PUBLISH ms:events", "7\n" + "q change-1 echo running 1 1764000000001");

        eventually(() -> assertThat(heard.changes).containsExactly(change(1)));
        assertThat(heard.dropped).hasValue(7);
    }

    private static StateChange change(int number) {
        return new StateChange(
                new QueueName("q"),
                new JobId("change-" + number),
                new HandlerName("echo"),
                JobState.RUNNING,
                1,
                Instant.ofEpochMilli(1_764_000_000_000L + number));
    }

    private String address() {
        return "redis://127.0.0.1:" + redis.port();
    }

    private static void eventually(ThrowingRunnable check) {
        Awaitility.await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).untilAsserted(check);
    }

    private static final class Recorder implements ChangeFeed.Listener {

        private final List<StateChange> changes = new CopyOnWriteArrayList<>();
        private final List<QueueName> queues = new CopyOnWriteArrayList<>();
        private final AtomicInteger dropped = new AtomicInteger();
        private final AtomicInteger live = new AtomicInteger();

        @Override
        public void changed(StateChange change) {
            changes.add(change);
        }

        @Override
        public void changed(QueueName queue) {
            queues.add(queue);
        }

        @Override
        public void dropped(long count) {
            dropped.addAndGet((int) count);
        }

        @Override
        public void live() {
            live.incrementAndGet();
        }
    }
}
