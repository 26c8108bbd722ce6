package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static io.mainstay.worker.WorkerPoolUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.ClaimRequest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of jobs, workers and leases when things go well and when they do not. */
class WorkerPoolTest {

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();
    private final List<UniEmitter<? super Outcome>> begun = new CopyOnWriteArrayList<>();

    WorkerPoolTest() {
        AsyncJobHandler slow = job -> Uni.createFrom().emitter(begun::add);
        pool.handle("slow", slow);
    }

    @AfterEach
    void close() {
        begun.forEach(emitter -> emitter.complete(Outcome.success()));
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
        await().untilAsserted(() -> assertThat(ids).allSatisfy(id -> assertState(id, JobState.SUCCEEDED)));
    }

    @Test
    void wakeUpThatFindsNoFreeWorkerIsRemembered() {
        pool.start(1);
        JobId first = pool.addAndWake("slow");
        await().until(() -> begun.size() == 1);
        JobId second = pool.addAndWake("noop");
        pool.wake(QUEUE);
        begun.get(0).complete(Outcome.success());
        awaitState(first, JobState.SUCCEEDED);
        awaitState(second, JobState.SUCCEEDED);
    }

    @Test
    void pollFindsWhatNoWakeUpToldOf() {
        pool.poll = WorkersConfig.poll(Duration.ofMillis(20), Duration.ofMillis(20));
        pool.start(1);
        awaitState(pool.add("noop"), JobState.SUCCEEDED);
    }

    @Test
    void nothingThatIsThrownCostsAWorker() {
        JobHandler blocking = job -> {
            throw new OutOfMemoryError("not really");
        };
        AsyncJobHandler here = job -> {
            throw new StackOverflowError();
        };
        AsyncJobHandler later = job -> Uni.createFrom().failure(new LinkageError("x".repeat(5000)));
        AsyncJobHandler nothing = job -> null;
        AsyncJobHandler nullItem = job -> Uni.createFrom().nullItem();
        pool.handle("blocking", blocking).handle("here", here).handle("later", later);
        pool.handle("nothing", nothing).handle("null", nullItem);
        Map<String, String> types = Map.of(
                "blocking", OutOfMemoryError.class.getName(),
                "here", StackOverflowError.class.getName(),
                "later", LinkageError.class.getName(),
                "nothing", NullPointerException.class.getName(),
                "null", "no-outcome",
                "unheard-of", "unknown-handler");
        pool.start(2);
        types.forEach((handler, type) -> {
            for (int i = 0; i < 3; i++) {
                JobId id = pool.addAndWake(handler);
                awaitState(id, JobState.DEAD);
                var error = pool.job(id).status().errors().get(0);
                assertThat(error.type()).isEqualTo(type);
                assertThat(error.message()).hasSizeLessThanOrEqualTo(1000);
            }
        });
        awaitState(pool.addAndWake("noop"), JobState.SUCCEEDED);
        await().until(() -> pool.status.busy() == 0 && pool.status.unsettled() == 0);
        assertThat(pool.status.troubles().unexpected()).isZero();
    }

    @Test
    void failedAttemptIsScheduledByItsBackoffUntilTheLast() {
        AsyncJobHandler failing = job -> Uni.createFrom().item(Outcome.retry("bad-luck", "again"));
        pool.handle("failing", failing).start(1);
        JobId id = pool.add(QUEUE, "failing", 2, Duration.ofMinutes(1));
        pool.wake(QUEUE);
        awaitState(id, JobState.SCHEDULED);
        pool.clock.advance(Duration.ofSeconds(1));
        pool.wake(QUEUE);
        awaitState(id, JobState.DEAD);
        assertThat(pool.job(id).status().attempt()).isEqualTo(2);
    }

    @Test
    void handlerMayAskToBeRunAgainLaterButNotForEver() {
        AsyncJobHandler patient = job -> Uni.createFrom().item(Outcome.snooze(Duration.ofHours(1)));
        pool.handle("patient", patient).start(1);
        JobId id = pool.add("patient");
        for (int i = 1; i <= 2; i++) {
            int times = i;
            pool.wake(QUEUE);
            await().until(() -> pool.job(id).status().told().snoozes() == times);
            assertState(id, JobState.SCHEDULED);
            assertThat(pool.job(id).status().attempt()).isZero();
            await().until(() -> pool.status.unsettled() == 0);
            pool.clock.advance(Duration.ofHours(1));
        }
        pool.wake(QUEUE);
        awaitState(id, JobState.DEAD);
        assertThat(pool.job(id).status().errors().get(0).type()).isEqualTo("snoozed-too-often");
    }

    @Test
    void snoozeBeyondTheDeadlineIsTheEnd() {
        AsyncJobHandler patient = job -> Uni.createFrom().item(Outcome.snooze(Duration.ofDays(1000)));
        pool.handle("patient", patient).start(1);
        JobId late = pool.addWithin(Duration.ofDays(30), "patient", 5);
        pool.wake(QUEUE);
        awaitState(late, JobState.DEAD);

        assertThat(pool.job(late).status().errors().get(0).type()).isEqualTo("deadline");
    }

    @Test
    void deadlineEndsTheAttemptAndTheJob() {
        AsyncJobHandler endless = job -> {
            assertThat(job.timeLeft()).isLessThanOrEqualTo(Duration.ofMillis(30));
            return Uni.createFrom().nothing();
        };
        pool.handle("endless", endless).start(1);
        JobId late = pool.addWithin(Duration.ofMillis(30), "endless", 5);
        JobId next = pool.addAndWake("noop");
        awaitState(late, JobState.DEAD);
        awaitState(next, JobState.SUCCEEDED);

        var error = pool.job(late).status().errors().get(0);
        assertThat(error.type()).isEqualTo("deadline");
        assertThat(error.message())
                .contains(pool.job(late).deadline().orElseThrow().toString());
        assertThat(pool.job(late).status().attempt()).isEqualTo(1);
    }

    @Test
    void attemptThatWouldComeTooLateIsNotWaitedFor() {
        Duration wait = Duration.ofHours(1);
        AsyncJobHandler failing = job -> Uni.createFrom().item(Outcome.retryAfter(wait, "bad-luck", "x".repeat(2000)));
        pool.handle("failing", failing).start(1);
        JobId late = pool.addWithin(wait, "failing", 5);
        JobId early = pool.addWithin(wait.multipliedBy(2), "failing", 5);
        pool.wake(QUEUE);
        awaitState(late, JobState.DEAD);
        awaitState(early, JobState.SCHEDULED);

        var error = pool.job(late).status().errors().get(0);
        assertThat(error.type()).isEqualTo("bad-luck");
        assertThat(error.message()).hasSize(1000).endsWith("comes before another attempt)");
    }

    @Test
    void timeOutEndsTheAttemptAndFreesItsWorker() {
        AtomicBoolean unsubscribed = new AtomicBoolean();
        AsyncJobHandler endless =
                job -> Uni.createFrom().<Outcome>nothing().onCancellation().invoke(() -> unsubscribed.set(true));
        pool.handle("endless", endless).start(1);
        JobId stuck = pool.add(QUEUE, "endless", 1, Duration.ofMillis(30));
        JobId next = pool.addAndWake("noop");
        awaitState(stuck, JobState.DEAD);
        awaitState(next, JobState.SUCCEEDED);
        assertThat(pool.job(stuck).status().errors().get(0).type()).isEqualTo("timeout");
        assertThat(unsubscribed).isTrue();
        assertThat(pool.status.troubles().timeouts()).isEqualTo(1);
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
        awaitState(stuck, JobState.DEAD);
        assertThat(pool.status.overdue()).isEqualTo(1);
        assertThat(pool.status.busy()).isZero();
        JobId next = pool.addAndWake("noop");
        assertState(next, JobState.READY);
        release.countDown();
        awaitState(next, JobState.SUCCEEDED);
        assertThat(pool.status.overdue()).isZero();
    }

    @Test
    void blockingHandlerIsInterruptedAtItsTimeOut() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        JobHandler waiting = job -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(job.cancelled());
            }
            return Outcome.success();
        };
        pool.handle("waiting", waiting).start(1);
        JobId id = pool.add(QUEUE, "waiting", 1, Duration.ofMillis(30));
        pool.wake(QUEUE);
        assertThat(interrupted).succeedsWithin(WorkerPoolUnderTest.PATIENCE).isEqualTo(true);
        awaitState(id, JobState.DEAD);
        await().until(() -> pool.status.overdue() == 0);
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
        var other = new ClaimRequest(QUEUE, "other", "token", 1, Duration.ofMinutes(1));
        await().until(() -> {
            pool.clock.advance(Duration.ofSeconds(2));
            return !pool.store.claim(other).await().indefinitely().jobs().isEmpty();
        });
        assertThat(stopped).succeedsWithin(WorkerPoolUnderTest.PATIENCE).isEqualTo(true);
        await().until(() -> pool.refused.size() == 1);
        assertThat(pool.status.troubles().lostLeases()).isEqualTo(1);
        assertThat(pool.gate.settles).isEmpty();
        assertState(id, JobState.RUNNING);
    }

    @Test
    void leaseThatCannotBeExtendedIsTakenForLostWhenItMustBeOver() {
        pool.lease = Duration.ofSeconds(1);
        pool.gate.extensionsToFail.set(Integer.MAX_VALUE);
        pool.start(1);
        pool.add(QUEUE, "slow", 2, Duration.ofMinutes(1));
        pool.wake(QUEUE);
        await().until(() -> begun.size() == 1);
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
        begun.get(0).complete(Outcome.success());
        awaitState(id, JobState.SUCCEEDED);
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
        await().until(() -> begun.size() == 10);
        begun.get(0).complete(Outcome.success());
        await().until(() -> pool.gate.settles.size() == 1);
        begun.subList(1, 10).forEach(emitter -> emitter.complete(Outcome.success()));
        await().until(() -> pool.status.unsettled() == 10 && pool.status.busy() == 0);
        assertThat(pool.gate.settles).hasSize(1);
        gate.complete(null);
        await().until(() -> pool.status.unsettled() == 0);
        assertThat(pool.gate.settles).extracting(List::size).containsExactly(1, 9);
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
        await().untilAsserted(() -> assertThat(ids).allSatisfy(id -> assertState(id, JobState.SUCCEEDED)));
    }

    @Test
    void claimWhoseAnswerWasLostIsRepeatedUnderItsToken() {
        pool.gate.claimAnswersToLose.set(2);
        pool.start(4);
        JobId id = pool.addAndWake("noop");
        awaitState(id, JobState.SUCCEEDED);
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

        await().atMost(pool.lease.dividedBy(4)).untilAsserted(() -> assertState(id, JobState.SUCCEEDED));
    }

    @Test
    void reportWhoseAnswerWasLostIsSentAgain() {
        pool.gate.settleAnswersToLose.set(2);
        pool.start(1);
        JobId id = pool.addAndWake("noop");
        awaitState(id, JobState.SUCCEEDED);
        await().until(() -> pool.status.unsettled() == 0);
        assertThat(pool.gate.settles).hasSize(3);
        assertThat(pool.refused).isEmpty();
    }

    @Test
    void reportUnderALeaseThatIsSomebodyElsesIsRefusedAndCounted() {
        pool.gate.hidesCancellations = true;
        pool.start(1);
        JobId id = pool.addAndWake("slow");
        await().until(() -> begun.size() == 1);
        pool.store.cancel(QUEUE, id).await().indefinitely();
        begun.get(0).complete(Outcome.success());
        await().until(() -> pool.refused.size() == 1);
        assertThat(pool.refused).extracting(Job::id).containsExactly(id);
        assertThat(pool.status.troubles().refused()).isEqualTo(1);
        assertState(id, JobState.CANCELLED);
    }

    @Test
    void shutdownGivesBackWhatDoesNotFinishInTime() {
        pool.grace = Duration.ZERO;
        pool.start(2);
        JobId id = pool.addAndWake("slow");
        await().until(() -> begun.size() == 1);
        assertThat(pool.workers.stop()).succeedsWithin(WorkerPoolUnderTest.PATIENCE);
        assertState(id, JobState.READY);
        assertThat(pool.job(id).status().attempt()).isZero();
    }

    @Test
    void shutdownLetsRunningJobsFinishAndBeginsNoOthers() {
        pool.start(2);
        JobId running = pool.addAndWake("slow");
        await().until(() -> begun.size() == 1);
        var stopped = pool.workers.stop();
        await().until(pool.status::draining);
        JobId late = pool.addAndWake("noop");
        assertThat(stopped).isNotDone();
        begun.get(0).complete(Outcome.success());
        assertThat(stopped).succeedsWithin(WorkerPoolUnderTest.PATIENCE);
        assertState(running, JobState.SUCCEEDED);
        assertState(late, JobState.READY);
        assertThat(pool.workers.stop()).isDone();
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

    private void awaitState(JobId id, JobState state) {
        await().pollInterval(Duration.ofMillis(2)).untilAsserted(() -> assertState(id, state));
    }

    private void assertState(JobId id, JobState state) {
        assertThat(pool.job(id).state()).isEqualTo(state);
    }
}
