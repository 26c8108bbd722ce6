package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static io.mainstay.worker.WorkerPoolUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobContext;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How attempts end, and what their jobs become. */
class AttemptsTest {

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();

    @AfterEach
    void close() {
        pool.close();
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
                "null", "no-outcome");
        pool.start(2);
        types.forEach((handler, type) -> {
            for (int i = 0; i < 3; i++) {
                JobId id = pool.addAndWake(handler);
                pool.awaitState(id, JobState.DEAD);
                var error = pool.job(id).status().errors().get(0);
                assertThat(error.type()).isEqualTo(type);
                assertThat(error.message()).hasSizeLessThanOrEqualTo(1000);
                assertThat(pool.stackOf(id).isPresent()).isEqualTo(!type.equals("no-outcome"));
            }
        });
        pool.awaitState(pool.addAndWake("noop"), JobState.SUCCEEDED);
        await().until(() -> pool.status.busy() == 0 && pool.status.unsettled() == 0);
        assertThat(pool.status.troubles().unexpected()).isZero();
    }

    @Test
    void jobsOfAHandlerThatIsNotThereAreLeftToOthers() {
        pool.start(2);
        JobId foreign = pool.addAndWake("unheard-of");

        pool.awaitState(pool.addAndWake("noop"), JobState.SUCCEEDED);

        pool.assertState(foreign, JobState.READY);
        assertThat(pool.job(foreign).status().attempt()).isZero();
    }

    @Test
    void failedAttemptIsScheduledByItsBackoffUntilTheLast() {
        AsyncJobHandler failing = job -> Uni.createFrom().item(Outcome.retry("bad-luck", "again"));
        pool.handle("failing", failing).start(1);
        JobId id = pool.add(QUEUE, "failing", 2, Duration.ofMinutes(1));
        pool.wake(QUEUE);
        pool.awaitState(id, JobState.SCHEDULED);
        pool.clock.advance(Duration.ofSeconds(1));
        pool.wake(QUEUE);
        pool.awaitState(id, JobState.DEAD);
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
            await().until(() -> pool.job(id).status().notes().snoozes() == times);
            pool.assertState(id, JobState.SCHEDULED);
            assertThat(pool.job(id).status().attempt()).isZero();
            await().until(() -> pool.status.unsettled() == 0);
            pool.clock.advance(Duration.ofHours(1));
        }
        pool.wake(QUEUE);
        pool.awaitState(id, JobState.DEAD);
        assertThat(pool.job(id).status().errors().get(0).type()).isEqualTo("snoozed-too-often");
    }

    @Test
    void snoozeBeyondTheDeadlineIsTheEnd() {
        AsyncJobHandler patient = job -> Uni.createFrom().item(Outcome.snooze(Duration.ofDays(1000)));
        pool.handle("patient", patient).start(1);
        JobId late = pool.addWithin(Duration.ofDays(30), "patient", 5);
        pool.wake(QUEUE);
        pool.awaitState(late, JobState.DEAD);

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
        pool.awaitState(late, JobState.DEAD);
        pool.awaitState(next, JobState.SUCCEEDED);

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
        pool.awaitState(late, JobState.DEAD);
        pool.awaitState(early, JobState.SCHEDULED);

        var error = pool.job(late).status().errors().get(0);
        assertThat(error.type()).isEqualTo("bad-luck");
        assertThat(error.message()).hasSize(1000).endsWith("comes before the next attempt)");
    }

    @Test
    void timeOutEndsTheAttemptAndFreesItsWorker() {
        AtomicBoolean unsubscribed = new AtomicBoolean();
        AsyncJobHandler endless =
                job -> Uni.createFrom().<Outcome>nothing().onCancellation().invoke(() -> unsubscribed.set(true));
        pool.handle("endless", endless).start(1);
        JobId stuck = pool.add(QUEUE, "endless", 1, Duration.ofMillis(30));
        JobId next = pool.addAndWake("noop");
        pool.awaitState(stuck, JobState.DEAD);
        pool.awaitState(next, JobState.SUCCEEDED);
        assertThat(pool.job(stuck).status().errors().get(0).type()).isEqualTo("timeout");
        assertThat(unsubscribed).isTrue();
        assertThat(pool.status.troubles().timeouts()).isEqualTo(1);
    }

    @Test
    void timeOutOfWorkThatIsDoneElsewhereSaysSo() {
        AsyncJobHandler endless = job -> Uni.createFrom().nothing();
        pool.handle("endless", endless).start(1);
        JobId id = pool.addGoingTo("https://slow.example:443", "endless", Duration.ofMillis(30));
        pool.wake(QUEUE);
        pool.awaitState(id, JobState.DEAD);

        assertThat(pool.job(id).status().errors().get(0).message())
                .isEqualTo("ran longer than PT0.03S; its receiver may still be working on it");
    }

    @Test
    void attemptThatAsksForItOutlastsItsTimeOut() {
        CompletableFuture<Outcome> end = new CompletableFuture<>();
        CompletableFuture<JobContext> begun = new CompletableFuture<>();
        AsyncJobHandler patient = job -> {
            job.outlastTimeout(Duration.ofHours(1));
            begun.complete(job);
            return Uni.createFrom().completionStage(end);
        };
        pool.handle("patient", patient).start(1);
        JobId id = pool.add(QUEUE, "patient", 1, Duration.ofMillis(30));
        pool.wake(QUEUE);
        await().until(() -> begun.isDone() && begun.join().timeLeft().isZero());
        assertThat(begun.join().cancelled()).isFalse();
        pool.assertState(id, JobState.RUNNING);
        end.complete(Outcome.success());

        pool.awaitState(id, JobState.SUCCEEDED);
        assertThat(pool.status.troubles().timeouts()).isZero();
    }

    @Test
    void attemptOutlastsItsTimeOutByNoMoreThanThat() {
        AsyncJobHandler patient = job -> {
            job.outlastTimeout(Duration.ofMillis(30));
            return Uni.createFrom().nothing();
        };
        pool.handle("patient", patient).start(1);
        JobId id = pool.add(QUEUE, "patient", 1, Duration.ofMillis(30));
        pool.wake(QUEUE);
        pool.awaitState(id, JobState.DEAD);

        assertThat(pool.job(id).status().errors().get(0).type()).isEqualTo("timeout");
    }

    @Test
    void nextAttemptKnowsHowTheLastOneFailed() {
        List<Optional<String>> seen = new CopyOnWriteArrayList<>();
        AsyncJobHandler failing = job -> {
            seen.add(job.lastFailure());
            return Uni.createFrom().item(Outcome.retryAfter(Duration.ZERO, "bad-luck", "again"));
        };
        pool.handle("failing", failing).start(1);
        JobId id = pool.add(QUEUE, "failing", 2, Duration.ofMinutes(1));
        pool.wake(QUEUE);
        pool.awaitState(id, JobState.DEAD);

        assertThat(seen).containsExactly(Optional.empty(), Optional.of("bad-luck"));
    }

    @Test
    void causesThatGoRoundInACircleEndTheAttempt() {
        JobHandler failing = job -> {
            Wrapper one = new Wrapper();
            one.initCause(new Wrapper().initCause(one));
            throw one;
        };
        pool.handle("failing", failing).start(1);
        JobId id = pool.add(QUEUE, "failing", 1, Duration.ofMinutes(1));
        pool.wake(QUEUE);
        pool.awaitState(id, JobState.DEAD);

        assertThat(pool.job(id).status().errors()).hasSize(1);
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
        pool.awaitState(id, JobState.DEAD);
        await().until(() -> pool.status.overdue() == 0);
    }

    private static final class Wrapper extends CompletionException {

        private static final long serialVersionUID = 1;
    }
}
