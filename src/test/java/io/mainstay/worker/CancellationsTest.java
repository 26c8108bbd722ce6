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
import io.mainstay.machine.TimedTest;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a handler learns that its job was cancelled; the leases of these tests would tell it after minutes only. */
class CancellationsTest {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();
    private final Map<JobId, JobContext> begun = new ConcurrentHashMap<>();

    @BeforeEach
    void prepare() {
        AsyncJobHandler endless = job -> {
            begun.put(job.id(), job);
            return Uni.createFrom().nothing();
        };
        pool.lease = Duration.ofMinutes(10);
        pool.grace = Duration.ZERO;
        pool.handle("endless", endless);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @TimedTest
    void handlerIsToldWithinASecondWithoutAnyHint() {
        pool.start(2);
        JobId cancelled = begin();
        JobId other = begin();
        cancel(cancelled);

        await().atMost(ONE_SECOND).until(() -> begun.get(cancelled).cancelled());
        assertThat(begun.get(other).cancelled()).isFalse();
        await().until(() -> pool.status.busy() == 1);
    }

    @TimedTest
    void hintIsEnough() {
        pool.gate.hidesCancellations = true;
        pool.start(2);
        JobId cancelled = begin();
        JobId other = begin();
        cancel(cancelled);
        pool.wakeUps.cancelled(QUEUE, cancelled);

        await().atMost(ONE_SECOND).until(() -> begun.get(cancelled).cancelled());
        assertThat(begun.get(other).cancelled()).isFalse();
    }

    @Test
    void hintAloneStopsNothing() {
        pool.start(2);
        JobId running = begin();
        JobId cancelled = begin();
        pool.wakeUps.cancelled(QUEUE, running);
        pool.wakeUps.cancelled(QUEUE, new JobId("unheard-of"));

        cancel(cancelled);
        await().until(() -> begun.get(cancelled).cancelled());
        assertThat(begun.get(running).cancelled()).isFalse();
    }

    @TimedTest
    void oneCancelledAfterTheOtherIsFound() {
        pool.start(4);
        for (int i = 0; i < 4; i++) {
            JobId id = begin();
            cancel(id);
            await().atMost(ONE_SECOND).until(() -> begun.get(id).cancelled());
        }
    }

    @Test
    void cancelledIsNeitherALostLeaseNorARefusedReport() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        JobHandler blocking = job -> {
            begun.put(job.id(), job);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.complete(job.cancelled());
            }
            return Outcome.success();
        };
        pool.handle("blocking", blocking).start(1);
        JobId id = pool.addAndWake("blocking");
        await().until(() -> begun.containsKey(id));
        cancel(id);

        assertThat(interrupted).succeedsWithin(WorkerPoolUnderTest.PATIENCE).isEqualTo(true);
        await().until(() -> pool.status.overdue() == 0);
        assertThat(pool.status.troubles().lostLeases()).isZero();
        assertThat(pool.refused).isEmpty();
        assertThat(pool.gate.settles).isEmpty();
        assertThat(pool.job(id).state()).isEqualTo(JobState.CANCELLED);
    }

    private JobId begin() {
        JobId id = pool.addAndWake("endless");
        await().until(() -> begun.containsKey(id));
        return id;
    }

    private void cancel(JobId id) {
        pool.store.cancel(QUEUE, id).await().indefinitely();
    }
}
