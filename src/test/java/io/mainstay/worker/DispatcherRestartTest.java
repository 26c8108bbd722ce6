package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The dispatcher is made anew under load: nothing is lost, nothing runs twice. And how a loop shows that it is stuck. */
class DispatcherRestartTest {

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void swallowedClaimIsRepeatedUnderItsToken() {
        pool.gate.swallowsClaims = true;
        pool.start(4);
        JobId id = pool.addAndWake("noop");
        await().until(() -> pool.gate.claims.size() == 1);

        pool.gate.swallowsClaims = false;
        pool.workers.recycle("test");
        await().until(() -> pool.job(id).state() == JobState.SUCCEEDED);
        assertThat(pool.job(id).status().attempt()).isEqualTo(1);
        assertThat(pool.gate.claims.get(1).token())
                .isEqualTo(pool.gate.claims.get(0).token());
    }

    @Test
    void reportWithoutAnAnswerIsSentAgain() {
        pool.gate.settleGate = new CompletableFuture<>();
        pool.start(1);
        pool.addAndWake("noop");
        await().until(() -> pool.gate.settles.size() == 1);

        pool.gate.settleGate = CompletableFuture.completedFuture(null);
        pool.workers.recycle("test");
        await().until(() -> pool.status.unsettled() == 0);
        assertThat(pool.refused).isEmpty();
    }

    @Test
    void runningAttemptsGoOn() {
        pool.start(2);
        JobId id = pool.addAndWake("slow");
        await().until(() -> pool.begun.size() == 1);
        for (int i = 0; i < 10; i++) {
            pool.workers.recycle("test " + i);
        }
        pool.begun.get(0).complete(Outcome.success());
        await().until(() -> pool.job(id).state() == JobState.SUCCEEDED);
        assertThat(pool.begun).hasSize(1);
        assertThat(pool.status.troubles().lostLeases()).isZero();
        assertThat(pool.status.troubles().unexpected()).isZero();
    }

    @Test
    void jobsFlowOnceEachThoughItIsMadeAnewAllTheTime() {
        List<JobId> ran = new CopyOnWriteArrayList<>();
        AsyncJobHandler noting = job -> {
            ran.add(job.id());
            return Uni.createFrom().item(Outcome.success());
        };
        pool.handle("noting", noting).start(4);
        List<JobId> ids = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 200; i++) {
            ids.add(pool.addAndWake("noting"));
            if (i % 10 == 0) {
                pool.workers.recycle("test " + i);
            }
        }
        await().until(() -> pool.status.unsettled() == 0 && ran.size() >= ids.size());
        assertThat(ran).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(pool.refused).isEmpty();
    }

    @Test
    void frozenLoopOwesATurnUntilItThaws() {
        CountDownLatch frozen = new CountDownLatch(1);
        CountDownLatch thaw = new CountDownLatch(1);
        AsyncJobHandler freezing = job -> {
            frozen.countDown();
            try {
                thaw.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Uni.createFrom().item(Outcome.success());
        };
        pool.handle("freezing", freezing).start(2);
        pool.addAndWake("freezing");
        await().until(() -> frozen.getCount() == 0);
        await().until(() -> pool.status.loopLag().compareTo(Duration.ofMillis(200)) > 0);
        thaw.countDown();
        await().until(() -> pool.status.loopLag().compareTo(Duration.ofMillis(50)) < 0);
    }
}
