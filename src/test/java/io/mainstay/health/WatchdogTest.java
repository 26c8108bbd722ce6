package io.mainstay.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.InMemoryJobStore;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.Recyclable;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.TestClock;
import io.mainstay.queue.UnreliableStore;
import io.mainstay.queue.UnreliableStore.Mood;
import io.mainstay.queue.WorkersByHand;
import io.mainstay.queue.attempt.StartedAttempt;
import io.mainstay.queue.handlers.HoldsByHand;
import io.mainstay.queue.health.StallObserver;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is a stall, what is an excuse, and what follows. Time passes in steps of one look. */
class WatchdogTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration STALL_AFTER = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration HOURS = Duration.ofHours(2);
    private static final QueueName QUEUE = new QueueName("mail");

    private final TestClock clock = new TestClock();
    private final Instant begin = clock.instant();
    private final LongSupplier nanos =
            () -> Duration.between(begin, clock.instant()).toNanos();
    private final InMemoryJobStore memory = new InMemoryJobStore(clock);
    private final UnreliableStore store = new UnreliableStore(memory);
    private final WorkersByHand workers = new WorkersByHand();
    private final OwnQueue own = new OwnQueue(QueueName.privateTo("test"));
    private final Vertx vertx = Vertx.vertx();
    private final List<String> healed = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private final StallLimit limit = new StallLimit(STALL_AFTER, Duration.ofSeconds(3), Duration.ofSeconds(2));
    /** Real time, unlike all else here: longer than a pause of the JVM, which would be taken for a silent store. */
    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(2);

    private final StoreProbe probe = new StoreProbe(store, new HealthSettings(STORE_TIMEOUT));
    private final CanaryJob canary = new CanaryJob(own, store, memory, new JobIds(), STORE_TIMEOUT, nanos);
    private final ClaimLog claims = new ClaimLog(nanos);
    private final HoldsByHand holds =
            new HoldsByHand(JobDraft.job(QUEUE, "any").build().spec().handler());
    private final StuckQueues stuckQueues = new StuckQueues(store, workers, claims, holds, limit, probe);
    private final HealthSignals signals =
            new HealthSignals(workers, canary, claims, new EventLoopProbe(vertx), probe, stuckQueues);
    private final Healer healer = new Healer(
            List.of(new Broken(), new Named("links"), new Named("dispatcher")),
            List.of((HealObserver) (what, reason) -> healed.add(what + " " + reason.slug())),
            limit,
            nanos);
    private final Watchdog watchdog = new Watchdog(signals, healer, news(limit), limit, nanos);
    private final WorkerLiveness liveness = new WorkerLiveness(watchdog, signals, healer);

    /** Whether the workers run what they can claim. */
    private boolean flowing = true;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aliveWhileCanariesComeThrough() {
        pass(HOURS);

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(watchdog.canaryAge()).isLessThan(Duration.ofSeconds(5));
        assertThat(healed).isEmpty();
        assertThat(memory.figures(List.of(own.name()))
                        .await()
                        .indefinitely()
                        .get(0)
                        .counts())
                .containsEntry(JobState.READY, 0L)
                .hasEntrySatisfying(JobState.SUCCEEDED, left -> assertThat(left).isLessThanOrEqualTo(20));
    }

    @Test
    void healsAtHalfTheLimitAndIsDeadAtTheLimitWithReasonAndFigures() {
        pass(Duration.ofMinutes(1));
        flowing = false;
        claims.unclaimed(own.name(), new TimeoutException("swallowed"));

        pass(Duration.ofSeconds(7));
        assertThat(healed).isEmpty();
        pass(Duration.ofSeconds(4));
        assertThat(healed).containsExactly("links no-proof", "dispatcher no-proof");
        assertThat(status()).isEqualTo(Status.UP);

        pass(Duration.ofSeconds(10));
        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(data()).containsKeys("reason", "canaryAgeMs").containsEntry("latestClaim", "SILENT");
        assertThat((String) data().get("reason")).contains("no canary");
        assertThat(told).containsExactly("stalled no-proof");
        assertThat(healed.stream().filter("links no-proof"::equals)).hasSize(3);

        flowing = true;
        pass(Duration.ofSeconds(4));
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(data()).doesNotContainKey("reason");
        assertThat(told).containsExactly("stalled no-proof", "recovered no-proof");
    }

    private StallNews news(StallLimit of) {
        return new StallNews(
                List.of(new StallObserver() {
                    @Override
                    public void stalled(String reason, Duration lasting) {
                        assertThat(lasting).isGreaterThanOrEqualTo(of.stallAfter());
                        told.add("stalled " + reason);
                        throw new IllegalStateException("an observer that breaks its promise");
                    }

                    @Override
                    public void recovered(String reason, Duration lasted) {
                        told.add("recovered " + reason);
                    }
                }),
                of);
    }

    @Test
    void canaryUnderWayIsSentAgainNotBesideAnother() {
        flowing = false;
        pass(Duration.ofMinutes(1));

        assertThat(memory.figures(List.of(own.name()))
                        .await()
                        .indefinitely()
                        .get(0)
                        .counts())
                .containsEntry(JobState.READY, 1L);
    }

    @Test
    void aliveWhileTheStoreForgetsCanariesAndTheCountBeginsAnewWhenItKeepsThem() {
        pass(Duration.ofMinutes(1));
        flowing = false;
        for (int i = 0; i < 600; i++) {
            pass(LOOK);
            canaries().forEach(job -> memory.forget(own.name(), job.id()));
        }
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(healed).isEmpty();

        // What was sent last is found there, then the limit runs.
        pass(Duration.ofSeconds(27));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    private List<Job> canaries() {
        return memory.list(own.name(), new PageRequest(JobState.READY, Optional.empty(), 10), JobPart.NONE)
                .await()
                .indefinitely()
                .jobs();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS", "SILENT"})
    void aliveWhileTheStoreIsAwayAndTheCountBeginsAnewWhenItIsBack(Mood mood) {
        pass(Duration.ofMinutes(1));
        store.mood = mood;
        flowing = false;
        signals.ask();
        Awaitility.await().atMost(SOON).until(() -> !signals.storeAnswers());
        pass(Duration.ofMinutes(10));
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(data()).containsEntry("excuse", "the store does not answer");

        Awaitility.await().atMost(SOON).until(() -> {
            store.mood = Mood.ANSWERS;
            signals.ask();
            return signals.storeAnswers() && canary.taken();
        });
        pass(Duration.ofSeconds(9));
        assertThat(healed).isEmpty();
        pass(Duration.ofSeconds(10));
        assertThat(status()).isEqualTo(Status.UP);
        pass(Duration.ofSeconds(3));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void aliveWhileTheStoreTakesNoWritesHoweverLong() {
        pass(Duration.ofMinutes(1));
        store.takesWrites = false;
        claims.unclaimed(own.name(), new StoreUnavailableException("full", null));
        flowing = false;
        pass(HOURS);

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(healed).isEmpty();
        assertThat(data())
                .containsEntry("excuse", "the store refuses writes")
                .containsEntry("storeTakesWrites", false)
                .containsEntry("latestClaim", "UNAVAILABLE");
    }

    /** Else what one shard does not take would excuse whatever becomes of the jobs of all others. */
    @Test
    void canaryGoesElsewhereWhenItsShardIsDeadAndThenProvesThatJobsFlowOrNot() {
        pass(Duration.ofMinutes(1));
        QueueName before = own.name();
        store.dead = before::equals;
        store.silentShards = List.of("10.0.0.1:6379");
        pass(Duration.ofSeconds(30));
        assertThat(own.name()).isNotEqualTo(before);
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(watchdog.canaryAge()).isLessThan(Duration.ofSeconds(5));
        assertThat(data()).doesNotContainKey("excuse");

        flowing = false;
        pass(STALL_AFTER.plus(LOOK));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void aliveWhileTheStoreRefusesClaims() {
        flowing = false;
        claims.unclaimed(own.name(), new IllegalStateException("NOPERM"));
        pass(HOURS);

        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void claimsThatFailThoughTheStoreTakesJobsAreAStall() {
        pass(Duration.ofMinutes(1));
        flowing = false;
        claims.unclaimed(own.name(), new StoreUnavailableException("so it seems", null));
        pass(STALL_AFTER.plus(LOOK));

        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void fullWorkersAreAnExcuseAndTheFirstFreeOneStartsTheCount() {
        flowing = false;
        workers.busy = 4;
        pass(HOURS);
        workers.busy = 3;
        pass(Duration.ofSeconds(15));
        assertThat(status()).isEqualTo(Status.UP);
        pass(Duration.ofSeconds(7));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void aliveWhileDrainingOrWithoutWorkers() {
        flowing = false;
        workers.draining = true;
        pass(HOURS);
        assertThat(status()).isEqualTo(Status.UP);
        workers.draining = false;
        workers.enabled = false;
        pass(HOURS);
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void frozenLoopHasNoExcuse() {
        store.mood = Mood.FAILS;
        pass(Duration.ofMinutes(1));
        for (int second = 1; second <= 20; second++) {
            workers.loopLag = Duration.ofSeconds(second);
            pass(LOOK);
        }

        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat((String) data().get("reason")).contains("event loop");
        assertThat(healed).contains("dispatcher loop-frozen");
    }

    @Test
    void lostWorkersAreNotTakenForBusyOnes() {
        pass(Duration.ofMinutes(1));
        workers.busy = 4;
        workers.stuck = 4;
        pass(STALL_AFTER.plus(LOOK));

        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat((String) data().get("reason")).contains("4 workers");
        assertThat(healed).contains("dispatcher workers-lost");
    }

    @Test
    void timeInWhichTheProcessWasFrozenDoesNotCount() {
        pass(Duration.ofMinutes(1));
        clock.advance(Duration.ofMinutes(5));
        workers.loopLag = Duration.ofMinutes(5);
        watchdog.look();

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(healed).isEmpty();
    }

    @Test
    void dueJobsOfAQueueThatIsNotClaimedFromAreAStallThoughCanariesFlow() {
        memory.enqueue(JobDraft.job(QUEUE, "a").build()).await().indefinitely();
        pass(Duration.ofSeconds(25));
        assertThat(status()).isEqualTo(Status.UP);
        pass(Duration.ofSeconds(15));

        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat((String) data().get("reason")).contains("mail");
        assertThat(healed).contains("dispatcher due-jobs-stuck");
    }

    @Test
    void dueJobsThatTheStoreDoesNotGiveAreNoStall() {
        memory.enqueue(JobDraft.job(QUEUE, "a").build()).await().indefinitely();
        for (int i = 0; i < 60; i++) {
            claims.claimed(QUEUE, 0);
            pass(LOOK);
        }
        for (int i = 0; i < 60; i++) {
            claims.unclaimed(QUEUE, new StoreUnavailableException("its shard is full", null));
            pass(LOOK);
        }

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(healed).isEmpty();
    }

    @Test
    void dueJobsOfAHandlerThatIsHeldAreNoStall() {
        memory.enqueue(JobDraft.job(QUEUE, "a").build()).await().indefinitely();
        holds.held = true;
        pass(Duration.ofMinutes(3));
        assertThat(status()).isEqualTo(Status.UP);
        assertThat(healed).isEmpty();

        holds.held = false;
        pass(Duration.ofSeconds(45));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    /** No restart of an instance helps jobs that it cannot run. */
    @Test
    void dueJobsOfHandlersElsewhereAreNoStall() {
        enqueue(JobDraft.job(QUEUE, "plain").handledBy("elsewhere"));
        enqueue(JobDraft.job(QUEUE, "grouped").handledBy("elsewhere").group("tenant"));
        pass(Duration.ofMinutes(3));

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(healed).isEmpty();
    }

    @Test
    void foreignJobsThatHaveWaitedForLongDoNotMakeOursLate() {
        enqueue(JobDraft.job(QUEUE, "theirs").handledBy("elsewhere"));
        pass(Duration.ofMinutes(3));
        enqueue(JobDraft.job(QUEUE, "ours"));
        pass(Duration.ofSeconds(9));
        assertThat(healed).isEmpty();
        pass(Duration.ofSeconds(31));

        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat((String) data().get("reason")).contains("mail");
    }

    @Test
    void drainedInstanceIsAliveWithDueJobsForHoursAndNotTheStallOfTheNextMoment() {
        enqueue(JobDraft.job(QUEUE, "a"));
        workers.drained = true;
        pass(HOURS);

        assertThat(status()).isEqualTo(Status.UP);
        assertThat(data()).containsEntry("drained", true);
        assertThat(healed).isEmpty();
        workers.drained = false;
        pass(Duration.ofSeconds(19));
        assertThat(status()).isEqualTo(Status.UP);
        pass(Duration.ofSeconds(21));
        assertThat(status()).as("it claims nothing though it may").isEqualTo(Status.DOWN);
    }

    @Test
    void canaryIsNotExcusedByADrain() {
        pass(Duration.ofMinutes(1));
        workers.drained = true;
        flowing = false;
        pass(STALL_AFTER.plus(LOOK));

        assertThat(status()).isEqualTo(Status.DOWN);
    }

    private void enqueue(JobDraft job) {
        memory.enqueue(job.build()).await().indefinitely();
    }

    @Test
    void watchdogThatDoesNotLookAnyMoreIsNotTrusted() {
        pass(Duration.ofMinutes(1));
        clock.advance(STALL_AFTER.plus(LOOK));

        assertThat(status()).isEqualTo(Status.DOWN);
        assertThat(watchdog.reason()).hasValue(StallReason.WATCHDOG_DEAD);
    }

    @Test
    void watchdogLooksByItself() {
        StallLimit short5 = new StallLimit(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(1));
        Watchdog running = new Watchdog(signals, healer, news(short5), short5, nanos);
        int before = store.calls();
        running.start(null);
        try {
            Awaitility.await().atMost(SOON).until(() -> store.calls() > before);
        } finally {
            running.stop();
        }
    }

    private void pass(Duration time) {
        for (long left = time.dividedBy(LOOK); left > 0; left--) {
            clock.advance(LOOK);
            if (flowing) {
                work();
            }
            stuckQueues.due(memory.due(0, Duration.ZERO).await().indefinitely().queues());
            watchdog.look();
        }
    }

    private void work() {
        ClaimRequest request = SomeClaim.of(own.name(), "me", new JobIds().nextToken(), 1, Duration.ofSeconds(10));
        for (Job job : memory.claim(request).await().indefinitely().jobs()) {
            Lease lease = new Lease(job.id(), request.token());
            memory.settle(own.name(), List.of(new Settlement.Complete(lease, Optional.empty())))
                    .await()
                    .indefinitely();
            canary.finished(StartedAttempt.of(job), JobState.SUCCEEDED, Duration.ZERO);
        }
    }

    private HealthCheckResponse call() {
        return liveness.call().await().atMost(SOON);
    }

    private Status status() {
        return call().getStatus();
    }

    private Map<String, Object> data() {
        return call().getData().orElseThrow();
    }

    private record Named(String name) implements Recyclable {
        @Override
        public void recycle(String reason) {}
    }

    /** Must not keep the others from being made anew. */
    private static final class Broken implements Recyclable {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public void recycle(String reason) {
            throw new IllegalStateException("on purpose");
        }
    }
}
