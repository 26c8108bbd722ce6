package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static io.mainstay.worker.WorkerPoolUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which jobs are claimed, when, and what becomes of claims. */
class DispatcherTest {

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void hintIsKeptUntilTheQueueIsSeenEmpty() {
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            ids.add(pool.add("noop"));
        }
        pool.start(8);
        pool.wake(QUEUE);
        await().untilAsserted(() -> assertThat(ids).allSatisfy(id -> pool.assertState(id, JobState.SUCCEEDED)));
    }

    @Test
    void wakeUpThatFindsNoFreeWorkerIsRemembered() {
        pool.start(1);
        JobId first = pool.addAndWake("slow");
        await().until(() -> pool.begun.size() == 1);
        JobId second = pool.addAndWake("noop");
        pool.wake(QUEUE);
        pool.begun.get(0).complete(Outcome.success());
        pool.awaitState(first, JobState.SUCCEEDED);
        pool.awaitState(second, JobState.SUCCEEDED);
    }

    @Test
    void pollFindsWhatNoWakeUpToldOf() {
        pool.poll = WorkersConfig.poll(Duration.ofMillis(20), Duration.ofMillis(20));
        pool.start(1);
        pool.awaitState(pool.add("noop"), JobState.SUCCEEDED);
    }

    @Test
    void claimingPausesWhileReportsPileUp() {
        CompletableFuture<Void> gate = new CompletableFuture<>();
        pool.gate.settleGate = gate;
        List<JobId> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(pool.add("noop"));
        }
        pool.start(4);
        pool.wake(QUEUE);
        await().until(() -> pool.status.unsettled() > 2 * 4);
        assertThat(pool.status.unsettled()).isLessThanOrEqualTo(3 * 4);
        gate.complete(null);
        await().untilAsserted(() -> assertThat(ids).allSatisfy(id -> pool.assertState(id, JobState.SUCCEEDED)));
    }

    @Test
    void claimWhoseAnswerWasLostIsRepeatedUnderItsToken() {
        pool.gate.claimAnswersToLose.set(2);
        pool.start(4);
        JobId id = pool.addAndWake("noop");
        pool.awaitState(id, JobState.SUCCEEDED);
        assertThat(pool.job(id).status().attempt()).isEqualTo(1);
        assertThat(pool.gate.claims.subList(0, 3))
                .extracting(claim -> claim.token())
                .containsOnly(pool.gate.claims.get(0).token());
        assertThat(pool.status.troubles().failedCalls()).isEqualTo(2);
    }

    @TimedTest
    void queueWhoseClaimsAreNotAnsweredLeavesTheWorkersToOthers() {
        QueueName gone = new QueueName("gone");
        pool.gate.gone = gone;
        pool.start(2);
        pool.wake(gone);
        await().until(() -> pool.gate.claims.size() == 1);

        JobId id = pool.addAndWake("noop");

        await().atMost(pool.lease.dividedBy(4)).untilAsserted(() -> pool.assertState(id, JobState.SUCCEEDED));
    }

    @Test
    void busyQueueDoesNotStarveAnother() {
        QueueName quiet = new QueueName("quiet");
        AtomicInteger stop = new AtomicInteger();
        AsyncJobHandler again = job -> {
            if (stop.get() == 0) {
                pool.add("again");
            }
            return Uni.createFrom().item(Outcome.success());
        };
        pool.handle("again", again);
        for (int i = 0; i < 20; i++) {
            pool.add("again");
        }
        pool.start(4);
        pool.wake(QUEUE);
        JobId id = pool.add(quiet, "noop", 1, Duration.ofMinutes(1));
        pool.wake(quiet);
        await().until(() ->
                pool.store.find(quiet, id).await().indefinitely().orElseThrow().state() == JobState.SUCCEEDED);
        stop.set(1);
    }

    @Test
    void handlerThatIgnoresItsInterruptionIsOverdueAndHoldsUpClaimsUntilItEnds() {
        CountDownLatch release = new CountDownLatch(1);
        JobHandler stubborn = job -> {
            boolean over = false;
            while (!over) {
                try {
                    over = release.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    // Stubborn.
                }
            }
            return Outcome.success();
        };
        pool.handle("stubborn", stubborn).start(1);
        JobId stuck = pool.add(QUEUE, "stubborn", 1, Duration.ofMillis(30));
        pool.wake(QUEUE);
        pool.awaitState(stuck, JobState.DEAD);
        assertThat(pool.status.overdue()).isEqualTo(1);
        assertThat(pool.status.busy()).isZero();
        JobId next = pool.addAndWake("noop");
        pool.assertState(next, JobState.READY);
        release.countDown();
        pool.awaitState(next, JobState.SUCCEEDED);
        assertThat(pool.status.overdue()).isZero();
    }
}
