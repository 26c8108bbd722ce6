package io.mainstay.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.UnreliableStore;
import io.mainstay.queue.UnreliableStore.Mood;
import io.mainstay.queue.WorkersByHand;
import io.smallrye.health.api.AsyncHealthCheck;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProbesTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration STALL_AFTER = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final UnreliableStore store = new UnreliableStore(new InMemoryJobStore(clock));
    private final WorkersByHand workers = new WorkersByHand();
    private final StoreProbe probe = new StoreProbe(store, config(Duration.ofMillis(100)));
    private final StoreReadiness readiness = new StoreReadiness(probe, Optional.of(workers));
    private final WorkerLiveness liveness =
            new WorkerLiveness(probe, Optional.of(workers), new StallLimit(STALL_AFTER, Duration.ofSeconds(1)), clock);

    @Test
    void readyWhileTheStoreAnswers() {
        assertThat(status(readiness)).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS", "SILENT"})
    void notReadyWhileTheStoreDoesNotAnswer(Mood mood) {
        store.mood = mood;

        HealthCheckResponse response = call(readiness);

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(data(response).get("reason")).isEqualTo("the store did not answer within PT0.1S");
        store.mood = Mood.ANSWERS;
        assertThat(status(readiness)).isEqualTo(Status.UP);
    }

    @Test
    void notReadyWhileShuttingDown() {
        workers.draining = true;

        assertThat(status(readiness)).isEqualTo(Status.DOWN);
    }

    @Test
    void startedOnceTheStoreWasReachedWhateverComesThen() {
        StoreStartup startup = new StoreStartup(probe);
        store.mood = Mood.FAILS;
        assertThat(status(startup)).isEqualTo(Status.DOWN);

        store.mood = Mood.ANSWERS;
        assertThat(status(startup)).isEqualTo(Status.UP);

        store.mood = Mood.FAILS;
        assertThat(status(startup)).isEqualTo(Status.UP);
    }

    @Test
    void notAliveWhenFreeWorkersClaimNothingThoughTheStoreAnswers() {
        givenAQueue();
        workers.lastGoodRound(Duration.ZERO);
        assertThat(status(liveness)).isEqualTo(Status.UP);

        pass(STALL_AFTER);
        assertThat(status(liveness)).isEqualTo(Status.UP);

        pass(STALL_AFTER.plusMillis(1));
        HealthCheckResponse response = call(liveness);
        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(data(response)).containsEntry("lastGoodRoundMs", 60_001L).containsKey("reason");

        workers.lastGoodRound(Duration.ZERO);
        assertThat(status(liveness)).isEqualTo(Status.UP);
    }

    @Test
    void notAliveWhenThereNeverWasAClaim() {
        givenAQueue();
        clock.advance(STALL_AFTER.plusMillis(1));

        assertThat(status(liveness)).isEqualTo(Status.DOWN);
    }

    @Test
    void notAliveWhenStoppedHandlersHoldAllThreads() {
        givenAQueue();
        workers.overdue = 4;
        pass(STALL_AFTER.plusMillis(1));

        assertThat(status(liveness)).isEqualTo(Status.DOWN);
    }

    @ParameterizedTest
    @CsvSource({"FAILS", "SILENT"})
    void aliveWhileTheStoreIsAwayHoweverLong(Mood mood) {
        givenAQueue();
        store.mood = mood;
        pass(Duration.ofHours(1));
        assertThat(status(liveness)).isEqualTo(Status.UP);

        store.mood = Mood.ANSWERS;
        pass(STALL_AFTER);
        assertThat(status(liveness)).isEqualTo(Status.UP);
        pass(Duration.ofMillis(1));
        assertThat(status(liveness)).isEqualTo(Status.DOWN);
    }

    @Test
    void fullWorkersAreNotStalledNorIsTheFirstThatIsFreeAgain() {
        givenAQueue();
        workers.busy = 4;
        pass(Duration.ofHours(1));
        assertThat(status(liveness)).isEqualTo(Status.UP);

        workers.busy = 3;
        pass(Duration.ofSeconds(10));
        assertThat(status(liveness)).isEqualTo(Status.UP);
    }

    @Test
    void aliveWithNothingToClaimFrom() {
        pass(Duration.ofHours(1));

        assertThat(status(liveness)).isEqualTo(Status.UP);
    }

    @Test
    void aliveWhileDrainingOrWithoutWorkers() {
        givenAQueue();
        pass(Duration.ofHours(1));

        workers.draining = true;
        assertThat(status(liveness)).isEqualTo(Status.UP);
        workers.draining = false;
        workers.enabled = false;
        pass(Duration.ofHours(1));
        assertThat(status(liveness)).isEqualTo(Status.UP);
    }

    @ParameterizedTest
    @CsvSource({"PT4S, PT0.5S", "PT2H, PT0.5S", "PT30S, PT11S"})
    void aStallLimitOutOfBoundsStopsTheStart(Duration stallAfter, Duration poll) {
        assertThatThrownBy(() -> new StallLimit(stallAfter, poll))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.health.stall-after");
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT31S"})
    void aStoreTimeoutOutOfBoundsStopsTheStart(Duration timeout) {
        assertThatThrownBy(() -> new StoreProbe(store, config(timeout)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.health.store-timeout");
    }

    private void givenAQueue() {
        store.enqueue(JobDraft.job(new QueueName("q"), "j").build()).await().atMost(SOON);
    }

    private void pass(Duration time) {
        clock.advance(time);
        workers.lastGoodRound(workers.sinceLastGoodRound().map(time::plus).orElse(Duration.ofDays(1)));
    }

    private static HealthCheckResponse call(AsyncHealthCheck check) {
        return check.call().await().atMost(SOON);
    }

    private static Status status(AsyncHealthCheck check) {
        return call(check).getStatus();
    }

    private static Map<String, Object> data(HealthCheckResponse response) {
        return response.getData().orElseThrow();
    }

    private static HealthConfig config(Duration storeTimeout) {
        return new HealthConfig() {
            @Override
            public Duration stallAfter() {
                return STALL_AFTER;
            }

            @Override
            public Duration storeTimeout() {
                return storeTimeout;
            }
        };
    }
}
