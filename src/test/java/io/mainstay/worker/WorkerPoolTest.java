package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static io.mainstay.worker.WorkerPoolUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.attempt.StartedAttempt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases, reports and shutdown, when things go well and when they do not. */
class WorkerPoolTest {

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();

    @AfterEach
    void close() {
        pool.close();
    }

    @TimedTest
    void lostLeaseStopsItsAttemptAndDropsItsResult() {
        pool.lease = Duration.ofSeconds(1);
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        JobHandler waiting = job -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                stopped.complete(job.cancelled());
            }
            return Outcome.success();
        };
        pool.handle("waiting", waiting).start(1);
        JobId id = pool.add(QUEUE, "waiting", 2, Duration.ofMinutes(1));
        pool.wake(QUEUE);
        await().until(() -> pool.status.busy() == 1);
        var other = SomeClaim.of(QUEUE, "other", "token", 1, Duration.ofMinutes(1));
        await().until(() -> {
            pool.clock.advance(Duration.ofSeconds(2));
            return !pool.store.claim(other).await().indefinitely().jobs().isEmpty();
        });
        assertThat(stopped).succeedsWithin(WorkerPoolUnderTest.PATIENCE).isEqualTo(true);
        await().until(() -> pool.refused.size() == 1);
        assertThat(pool.status.troubles().lostLeases()).isEqualTo(1);
        assertThat(pool.gate.settles).isEmpty();
        pool.assertState(id, JobState.RUNNING);
    }

    @Test
    void leaseThatCannotBeExtendedIsTakenForLostWhenItMustBeOver() {
        pool.lease = Duration.ofSeconds(1);
        pool.gate.extensionsToFail.set(Integer.MAX_VALUE);
        pool.start(1);
        pool.add(QUEUE, "slow", 2, Duration.ofMinutes(1));
        pool.wake(QUEUE);
        await().until(() -> pool.begun.size() == 1);
        await().until(() -> pool.status.troubles().lostLeases() == 1);
        assertThat(pool.status.busy()).isZero();
    }

    @TimedTest
    void extensionsKeepAJobThatOutlivesItsLease() {
        pool.lease = Duration.ofSeconds(1);
        pool.gate.extensionsToFail.set(1);
        pool.start(1);
        JobId id = pool.addAndWake("slow");
        await().until(() -> pool.status.busy() == 1);
        long begin = System.nanoTime();
        await().until(() -> System.nanoTime() - begin > Duration.ofMillis(1500).toNanos());
        pool.begun.get(0).complete(Outcome.success());
        pool.awaitState(id, JobState.SUCCEEDED);
        assertThat(pool.status.troubles().lostLeases()).isZero();
    }

    @Test
    void reportsGatherWhileOneCallIsUnderWay() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        pool.gate.settleGate = gate;
        for (int i = 0; i < 10; i++) {
            pool.add("slow");
        }
        pool.start(10);
        pool.wake(QUEUE);
        await().until(() -> pool.begun.size() == 10);
        pool.begun.get(0).complete(Outcome.success());
        await().until(() -> pool.gate.settles.size() == 1);
        pool.begun.subList(1, 10).forEach(emitter -> emitter.complete(Outcome.success()));
        await().until(() -> pool.status.unsettled() == 10 && pool.status.busy() == 0);
        assertThat(pool.gate.settles).hasSize(1);
        gate.complete(null);
        await().until(() -> pool.status.unsettled() == 0);
        assertThat(pool.gate.settles).extracting(List::size).containsExactly(1, 9);
    }

    @Test
    void reportWhoseAnswerWasLostIsSentAgain() {
        pool.gate.settleAnswersToLose.set(2);
        pool.start(1);
        JobId id = pool.addAndWake("noop");
        pool.awaitState(id, JobState.SUCCEEDED);
        await().until(() -> pool.status.unsettled() == 0);
        assertThat(pool.gate.settles).hasSize(3);
        assertThat(pool.refused).isEmpty();
    }

    @Test
    void reportUnderALeaseThatIsSomebodyElsesIsRefusedAndCounted() {
        pool.gate.hidesCancellations = true;
        pool.start(1);
        JobId id = pool.addAndWake("slow");
        await().until(() -> pool.begun.size() == 1);
        pool.store.cancel(QUEUE, id).await().indefinitely();
        pool.begun.get(0).complete(Outcome.success());
        await().until(() -> pool.refused.size() == 1);
        assertThat(pool.refused).extracting(StartedAttempt::id).containsExactly(id);
        assertThat(pool.status.troubles().refused()).isEqualTo(1);
        pool.assertState(id, JobState.CANCELLED);
    }

    @Test
    void shutdownGivesBackWhatDoesNotFinishInTime() {
        pool.grace = Duration.ZERO;
        pool.start(2);
        JobId id = pool.addAndWake("slow");
        await().until(() -> pool.begun.size() == 1);
        assertThat(pool.workers.stop()).succeedsWithin(WorkerPoolUnderTest.PATIENCE);
        pool.assertState(id, JobState.READY);
        assertThat(pool.job(id).status().attempt()).isZero();
    }

    @Test
    void shutdownLetsRunningJobsFinishAndBeginsNoOthers() {
        pool.start(2);
        JobId running = pool.addAndWake("slow");
        await().until(() -> pool.begun.size() == 1);
        var stopped = pool.workers.stop();
        await().until(pool.status::draining);
        JobId late = pool.addAndWake("noop");
        assertThat(stopped).isNotDone();
        pool.begun.get(0).complete(Outcome.success());
        assertThat(stopped).succeedsWithin(WorkerPoolUnderTest.PATIENCE);
        pool.assertState(running, JobState.SUCCEEDED);
        pool.assertState(late, JobState.READY);
        assertThat(pool.workers.stop()).isDone();
    }
}
