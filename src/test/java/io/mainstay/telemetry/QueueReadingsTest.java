package io.mainstay.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.UnreliableStore;
import io.mainstay.queue.UnreliableStore.Mood;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueueReadingsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final TestClock clock = new TestClock();
    private final UnreliableStore store = new UnreliableStore(new InMemoryJobStore(clock));
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
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
    void queuesBeyondTheLimitAreNotReadButCounted() {
        enqueue("a", "1", Duration.ZERO);
        enqueue("b", "1", Duration.ZERO);
        enqueue("c", "1", Duration.ZERO);

        readings.read();

        assertThat(registry.find("mainstay.queue.oldest.due").gauges()).hasSize(2);
        assertThat(registry.get("mainstay.queues").gauge().value()).isEqualTo(3);
    }

    @TimedTest
    void aReadingThatIsStillOutIsNotDoubledAndOneThatNeverEndsIsGivenUp() {
        store.mood = Mood.SILENT;
        readings.read();
        readings.read();
        assertThat(store.calls()).isEqualTo(1);

        store.mood = Mood.ANSWERS;
        await().atMost(SOON).untilAsserted(() -> {
            readings.read();
            assertThat(registry.get("mainstay.queues").gauge().value()).isZero();
        });
    }

    @Test
    void readsByItselfFromStartToShutdown() {
        readings.start(new StartupEvent());
        await().atMost(SOON).untilAsserted(() -> assertThat(store.calls()).isPositive());

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
        TelemetryConfig config = new TelemetryConfig() {
            @Override
            public Duration queueInterval() {
                return interval;
            }

            @Override
            public int maxQueues() {
                return 2;
            }
        };
        return new QueueReadings(store, new QueueLabels(config), new QueueGauges(registry), vertx, config);
    }

    private void enqueue(String queue, String id, Duration delay) {
        store.enqueue(JobDraft.job(new QueueName(queue), id).after(delay).build())
                .await()
                .atMost(SOON);
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
