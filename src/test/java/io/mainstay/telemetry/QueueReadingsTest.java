package io.mainstay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.due.RecentQueues;
import io.mainstay.job.HandlerName;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.InMemoryAnnouncements;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.Serving;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.UnreliableStore;
import io.mainstay.queue.UnreliableStore.Mood;
import io.mainstay.queue.WorkersByHand;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueReadingsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final TestClock clock = new TestClock();
    private final InMemoryJobStore twin = new InMemoryJobStore(clock);
    private final UnreliableStore store = new UnreliableStore(twin);
    private final AtomicLong nanos = new AtomicLong();
    private final RecentQueues recent = new RecentQueues(nanos::get);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InMemoryAnnouncements announcements = new InMemoryAnnouncements(clock);
    private final QueueReadings readings = readings(Duration.ofSeconds(1));

    @AfterEach
    void stopVertx() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void showsDepthByStateAndTheAgeOfTheOldestDueJob() {
        enqueue("mail", "a", Duration.ZERO);
        enqueue("mail", "b", Duration.ZERO);
        enqueue("mail", "c", Duration.ofHours(1));
        clock.advance(Duration.ofMillis(2500));

        readings.read();

        assertThat(depth("mail", "ready")).isEqualTo(2);
        assertThat(depth("mail", "scheduled")).isEqualTo(1);
        assertThat(depth("mail", "dead")).isZero();
        assertThat(oldestDue("mail")).isEqualTo(2.5);
        assertThat(registry.get("mainstay.queues").gauge().value()).isEqualTo(1);
    }

    @Test
    void jobsOfHandlersElsewhereAreShownApart() {
        enqueue("mail", "ours", Duration.ZERO);
        clock.advance(Duration.ofSeconds(1));
        store.enqueue(JobDraft.job(new QueueName("mail"), "theirs")
                        .handledBy("elsewhere")
                        .build())
                .await()
                .atMost(SOON);
        clock.advance(Duration.ofSeconds(2));

        readings.read();

        assertThat(oldestDue("mail")).isEqualTo(3);
        assertThat(gauge("mainstay.queue.foreign.ready", "mail")).isEqualTo(1);
        assertThat(gauge("mainstay.queue.foreign.oldest.due", "mail")).isEqualTo(2);
        assertThat(gauge("mainstay.jobs.without.worker", "mail")).isEqualTo(2);

        announce(new HandlerName("elsewhere"));
        readings.read();
        assertThat(gauge("mainstay.jobs.without.worker", "mail")).isEqualTo(1);
        announce(JobDraft.job(new QueueName("mail"), "any").build().spec().handler());
        readings.read();
        assertThat(gauge("mainstay.jobs.without.worker", "mail")).isZero();
    }

    private void announce(HandlerName handler) {
        announcements
                .announce(new Serving(Set.of(), Set.of(handler)), Duration.ofMinutes(1))
                .await()
                .atMost(SOON);
    }

    @Test
    void aPauseHasAnAge() {
        enqueue("mail", "a", Duration.ZERO);
        readings.read();
        assertThat(gauge("mainstay.queue.paused.seconds", "mail")).isZero();

        store.setPaused(new QueueName("mail"), true).await().atMost(SOON);
        clock.advance(Duration.ofMinutes(5));
        seen("mail");
        readings.read();
        assertThat(gauge("mainstay.queue.paused.seconds", "mail")).isBetween(300.0, 330.0);
    }

    private double gauge(String name, String queue) {
        return registry.get(name).tag("queue", queue).gauge().value();
    }

    @Test
    void aQueueWithoutDueJobsHasAnAgeOfZero() {
        enqueue("mail", "c", Duration.ofHours(1));

        readings.read();

        assertThat(oldestDue("mail")).isZero();
    }

    @Test
    void showsNothingRatherThanOldFigures() {
        enqueue("mail", "a", Duration.ZERO);
        readings.read();

        store.mood = Mood.FAILS;
        readings.read();
        assertThat(depth("mail", "ready")).isNaN();
        assertThat(oldestDue("mail")).isNaN();

        store.mood = Mood.ANSWERS;
        readings.read();
        assertThat(depth("mail", "ready")).isEqualTo(1);
    }

    @Test
    void queueThatCannotBeReadHidesNoOther() {
        enqueue("dead", "a", Duration.ZERO);
        enqueue("mail", "a", Duration.ZERO);
        readings.read();

        store.lost = Set.of(new QueueName("dead"));
        readings.read();
        assertThat(depth("dead", "ready")).isNaN();
        assertThat(depth("mail", "ready")).isEqualTo(1);
    }

    @Test
    void queuesBeyondTheLimitAreNotReadButCounted() {
        enqueue("a", "1", Duration.ZERO);
        enqueue("b", "1", Duration.ZERO);
        enqueue("c", "1", Duration.ZERO);

        readings.read();

        assertThat(registry.find("mainstay.queue.oldest.due").gauges()).hasSize(2);
        assertThat(registry.get("mainstay.queues").gauge().value()).isEqualTo(3);
    }

    @Test
    void ofQueuesThatHaveNothingToDoOnlyAFewAreReadEachTime() {
        QueueReadings many = readings(Duration.ofSeconds(10), 1000);
        for (int i = 0; i < 100; i++) {
            enqueue("queue-" + i, "1", Duration.ofHours(1));
        }
        assertThat(twin.figuresRead()).isZero();
        many.read();
        assertThat(twin.figuresRead()).isEqualTo(100);

        nanos.addAndGet(Duration.ofMinutes(2).toNanos());
        many.read();
        assertThat(twin.figuresRead()).isEqualTo(105);
        assertThat(depth("queue-7", "scheduled")).isEqualTo(1);
    }

    @Test
    void aQueueWhoseJobsWaitIsReadEachTimeThoughNobodyClaimsThem() {
        QueueReadings many = readings(Duration.ofSeconds(10), 1000);
        for (int i = 0; i < 100; i++) {
            enqueue("queue-" + i, "1", Duration.ofHours(1));
        }
        enqueue("waits", "1", Duration.ZERO);
        many.read();
        nanos.addAndGet(Duration.ofMinutes(2).toNanos());

        clock.advance(Duration.ofSeconds(3));
        many.read();
        assertThat(oldestDue("waits")).isEqualTo(3);
    }

    @Test
    void anEmptyQueueThatIsLeftAloneMakesRoomForAnother() {
        seen("a");
        enqueue("b", "1", Duration.ofHours(1));
        readings.read();
        enqueue("c", "1", Duration.ofHours(1));
        readings.read();
        assertThat(registry.find("mainstay.queue.depth").tag("queue", "c").gauge())
                .isNull();

        nanos.addAndGet(Duration.ofMinutes(61).toNanos());
        readings.read();
        assertThat(registry.find("mainstay.queue.depth").tag("queue", "a").gauge())
                .isNull();
        assertThat(depth("b", "scheduled")).isEqualTo(1);
        seen("c");
        readings.read();
        assertThat(depth("c", "scheduled")).isEqualTo(1);
    }

    @TimedTest
    void aReadingThatIsStillOutIsNotDoubledAndOneThatNeverEndsIsGivenUp() {
        enqueue("mail", "a", Duration.ZERO);
        int before = store.calls();
        store.mood = Mood.SILENT;
        readings.read();
        readings.read();
        assertThat(store.calls()).isEqualTo(before + 1);

        store.mood = Mood.ANSWERS;
        await().atMost(SOON).untilAsserted(() -> {
            readings.read();
            assertThat(registry.get("mainstay.queues").gauge().value()).isEqualTo(1);
        });
    }

    @Test
    void readsByItselfFromStartToShutdown() {
        enqueue("mail", "a", Duration.ZERO);
        int before = store.calls();
        readings.start(new StartupEvent());
        await().atMost(SOON).untilAsserted(() -> assertThat(store.calls()).isGreaterThan(before));

        readings.stop(new ShutdownEvent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.5S", "PT2H", "-PT1S"})
    void anIntervalOutOfBoundsStopsTheStart(Duration interval) {
        assertThatThrownBy(() -> readings(interval))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.metrics.queue-interval");
    }

    private QueueReadings readings(Duration interval) {
        return readings(interval, 2);
    }

    private QueueReadings readings(Duration interval, int maxQueues) {
        TelemetryConfig config = new TelemetryConfig() {
            @Override
            public Duration queueInterval() {
                return interval;
            }

            @Override
            public int maxQueues() {
                return maxQueues;
            }

            @Override
            public int delayQueues() {
                return 20;
            }

            @Override
            public Optional<Set<String>> watchedQueues() {
                return Optional.empty();
            }
        };
        QueueLabels labels = new QueueLabels(config);
        QueueGauges gauges = new QueueGauges(registry);
        ReadingPlan plan = new ReadingPlan(recent, labels, gauges, new JobMeters(registry, labels, 20));
        QueueReader reader = new QueueReader(store, store, new WorkersByHand(), announcements);
        return new QueueReadings(reader, twin, plan, gauges, vertx, config);
    }

    private void enqueue(String queue, String id, Duration delay) {
        store.enqueue(JobDraft.job(new QueueName(queue), id).after(delay).build())
                .await()
                .atMost(SOON);
        seen(queue);
    }

    private void seen(String queue) {
        recent.due(List.of(new DueQueue(new QueueName(queue), DueWork.CLAIM, Duration.ZERO, 0)));
    }

    private double depth(String queue, String state) {
        return registry.get("mainstay.queue.depth")
                .tags("queue", queue, "state", state)
                .gauge()
                .value();
    }

    private double oldestDue(String queue) {
        return registry.get("mainstay.queue.oldest.due")
                .tag("queue", queue)
                .gauge()
                .value();
    }
}
