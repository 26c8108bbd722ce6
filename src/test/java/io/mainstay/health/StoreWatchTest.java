package io.mainstay.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.UnreliableStore;
import io.mainstay.queue.UnreliableStore.Mood;
import io.mainstay.queue.WorkersByHand;
import io.mainstay.queue.attempt.StartedAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is made of a second store that does not do what it should. Time passes in steps of a canary interval. */
class StoreWatchTest {

    private static final Duration STEP = Duration.ofSeconds(3);

    private final TestClock clock = new TestClock();
    private final Instant begin = clock.instant();
    private final InMemoryJobStore memory = new InMemoryJobStore(clock);
    private final UnreliableStore store = new UnreliableStore(memory);
    private final WorkersByHand workers = new WorkersByHand();
    private final OwnQueue own = new OwnQueue(QueueName.privateTo("test")).inSecondStore();
    private final List<String> replaced = new ArrayList<>();
    private final HealthSettings settings = new HealthSettings(Duration.ofSeconds(2));
    private final CanaryJob canary =
            new CanaryJob(own, store, memory, new JobIds(), settings.storeTimeout(), this::nanos);
    private final StoreWatch watch = new StoreWatch(
            new WatchedStore("second", store, memory, new NoFindings(), List.of(new Named("links"))),
            new StoreProbe(store, settings),
            canary,
            new StallLimit(Duration.ofSeconds(20), STEP),
            this::nanos);

    private boolean flowing = true;

    @Test
    void takesJobsWhileCanariesComeThrough() {
        pass(10);

        assertThat(watch.takesJobs()).isTrue();
        assertThat(watch.canaryAge()).isLessThanOrEqualTo(STEP);
        assertThat(replaced).isEmpty();
    }

    @Test
    void connectionsAreReplacedWhenNoCanaryComesThroughAStoreThatTakesThem() {
        pass(2);
        flowing = false;
        pass(8);

        assertThat(watch.takesJobs()).isTrue();
        assertThat(replaced).containsExactly("links", "links");
    }

    @Test
    void aStoreThatIsAwayTakesNoJobsAndNothingIsReplaced() {
        pass(2);
        store.mood = Mood.FAILS;
        pass(10);

        assertThat(watch.takesJobs()).isFalse();
        assertThat(replaced).isEmpty();
        store.mood = Mood.ANSWERS;
        pass(2);
        assertThat(watch.takesJobs()).isTrue();
    }

    @Test
    void aFullStoreTakesNoJobs() {
        store.takesWrites = false;
        pass(2);

        assertThat(watch.takesJobs()).isFalse();
    }

    @Test
    void withoutWorkersThereIsNoCanary() {
        workers.enabled = false;
        pass(10);

        assertThat(watch.takesJobs()).isTrue();
        assertThat(memory.find(own.name(), new JobId("any")).await().indefinitely())
                .isEmpty();
        assertThat(replaced).isEmpty();
    }

    private void pass(int steps) {
        for (int i = 0; i < steps; i++) {
            watch.watch(workers);
            if (flowing) {
                run();
            }
            clock.advance(STEP);
        }
    }

    private void run() {
        memory.claim(SomeClaim.of(own.name(), "me", new JobIds().nextToken(), 10, Duration.ofMinutes(1)))
                .await()
                .indefinitely()
                .jobs()
                .forEach(this::succeeded);
    }

    private void succeeded(Job job) {
        canary.finished(StartedAttempt.of(job), JobState.SUCCEEDED, Duration.ZERO);
    }

    private long nanos() {
        return Duration.between(begin, clock.instant()).toNanos();
    }

    private record NoFindings() implements StoreFitness {

        @Override
        public Optional<String> refusal() {
            return Optional.empty();
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }

        @Override
        public Optional<String> writeRefusal() {
            return Optional.empty();
        }

        @Override
        public List<String> faults() {
            return List.of();
        }
    }

    private final class Named implements Recyclable {

        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void recycle(String reason) {
            replaced.add(name);
        }
    }
}
