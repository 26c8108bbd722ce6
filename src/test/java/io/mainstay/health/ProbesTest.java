package io.mainstay.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.InvalidValueException;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.UnreliableStore;
import io.mainstay.queue.UnreliableStore.Mood;
import io.mainstay.queue.WorkersByHand;
import io.smallrye.health.api.AsyncHealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ProbesTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final UnreliableStore store = new UnreliableStore(new InMemoryJobStore(clock));
    private final WorkersByHand workers = new WorkersByHand();
    private final StoreProbe probe = new StoreProbe(store, new HealthSettings(Duration.ofSeconds(1)));
    private final FitnessByHand fitness = new FitnessByHand();
    private final StoreReadiness readiness = new StoreReadiness(probe, fitness, Optional.of(workers), true);

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
        assertThat(data(response).get("reason")).isEqualTo("the store did not answer within PT1S");
        store.mood = Mood.ANSWERS;
        assertThat(status(readiness)).isEqualTo(Status.UP);
    }

    @Test
    void readyWhileSomeShardAnswersAndTheOthersAreNamed() {
        assertThat(data(call(readiness))).doesNotContainKey("silentShards");
        store.silentShards = List.of("10.0.0.1:6379", "10.0.0.2:6379");

        HealthCheckResponse response = call(readiness);

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(data(response)).containsEntry("silentShards", "10.0.0.1:6379, 10.0.0.2:6379");
    }

    @Test
    void notReadyWhileShuttingDown() {
        workers.draining = true;

        assertThat(status(readiness)).isEqualTo(Status.DOWN);
    }

    @Test
    void notReadyWhileTheStoreIsRefusedWithTheReason() {
        fitness.refusal = Optional.of("it evicts");
        fitness.warnings = List.of("it forgets", "it is slow");

        HealthCheckResponse response = call(readiness);
        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(data(response))
                .containsEntry("reason", "it evicts")
                .containsEntry("warnings", "it forgets; it is slow");

        fitness.refusal = Optional.empty();
        assertThat(status(readiness)).isEqualTo(Status.UP);
    }

    @Test
    void warningsAreToldAndNoReasonNotToBeReady() {
        assertThat(data(call(readiness))).doesNotContainKey("warnings");
        fitness.warnings = List.of("it forgets");

        assertThat(status(readiness)).isEqualTo(Status.UP);
        assertThat(data(call(readiness))).containsEntry("warnings", "it forgets");
    }

    @Test
    void whatIsWrongWithConnectionsIsTheReasonOrAWarningIfOthersAnswer() {
        fitness.faults = List.of("no password is configured");
        store.mood = Mood.FAILS;
        assertThat(data(call(readiness)))
                .containsEntry("reason", "the store did not answer within PT1S: no password is configured");

        store.mood = Mood.ANSWERS;
        assertThat(status(readiness)).isEqualTo(Status.UP);
        assertThat(data(call(readiness))).containsEntry("warnings", "no password is configured");
    }

    @Test
    void readyThoughTheStoreTakesNoWritesWhichIsAWarning() {
        fitness.writeRefusal = Optional.of("it is full");

        assertThat(status(readiness)).isEqualTo(Status.UP);
        assertThat(data(call(readiness))).containsEntry("warnings", "it is full");
    }

    @Test
    void startedThoughTheStoreIsAway() {
        StartedCheck startup = new StartedCheck(probe);
        store.mood = Mood.FAILS;
        assertThat(reached(startup)).isEqualTo(false);
        assertThat(status(startup)).isEqualTo(Status.UP);

        store.mood = Mood.ANSWERS;
        assertThat(reached(startup)).isEqualTo(true);

        store.mood = Mood.FAILS;
        assertThat(reached(startup)).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({"PT4S, PT1S, PT0.5S", "PT2H, PT1S, PT0.5S", "PT30S, PT1S, PT11S", "PT30S, PT11S, PT1S"})
    void aStallLimitOutOfBoundsStopsTheStart(Duration stallAfter, Duration canary, Duration poll) {
        assertThatThrownBy(() -> new StallLimit(stallAfter, canary, poll))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.health.stall-after");
    }

    @ParameterizedTest
    @CsvSource({"PT0S", "PT31S"})
    void aStoreTimeoutOutOfBoundsStopsTheStart(Duration timeout) {
        assertThatThrownBy(() -> new StoreProbe(store, new HealthSettings(timeout)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("mainstay.health.store-timeout");
    }

    private static final class FitnessByHand implements StoreFitness {

        private Optional<String> refusal = Optional.empty();
        private List<String> warnings = List.of();
        private List<String> faults = List.of();

        private Optional<String> writeRefusal = Optional.empty();

        @Override
        public Optional<String> writeRefusal() {
            return writeRefusal;
        }

        @Override
        public List<String> faults() {
            return faults;
        }

        @Override
        public Optional<String> refusal() {
            return refusal;
        }

        @Override
        public List<String> warnings() {
            return warnings;
        }
    }

    private static HealthCheckResponse call(AsyncHealthCheck check) {
        return check.call().await().atMost(SOON);
    }

    private static Status status(AsyncHealthCheck check) {
        return call(check).getStatus();
    }

    private static Object reached(StartedCheck startup) {
        return data(call(startup)).get("storeReached");
    }

    private static Map<String, Object> data(HealthCheckResponse response) {
        return response.getData().orElseThrow();
    }
}
