package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static io.mainstay.worker.WorkerPoolUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.JobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An asynchronous handler that blocks, as it must not, holds up its own event loop and nothing else. */
class BlockedLoopTest {

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch blocking = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        pool.close();
    }

    private JobId block(Duration timeout) throws InterruptedException {
        AsyncJobHandler blocks = job -> {
            blocking.countDown();
            awaitRelease();
            return Uni.createFrom().item(Outcome.success());
        };
        JobHandler onThread = job -> Outcome.success();
        pool.handle("blocks", blocks).handle("on-thread", onThread).start(8);
        JobId id = pool.add(QUEUE, "blocks", 1, timeout);
        pool.wake(QUEUE);
        blocking.await();
        return id;
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void othersAreClaimedRunAndExtendedAndTheLoopIsSeen() throws InterruptedException {
        pool.lease = Duration.ofSeconds(1);
        JobId blocked = block(Duration.ofMinutes(1));

        for (String handler : new String[] {"noop", "on-thread", "noop"}) {
            pool.awaitState(pool.addAndWake(handler), JobState.SUCCEEDED);
        }
        int extended = pool.gate.extensions.size();
        await().until(() -> pool.gate.extensions.size() > extended + 1);
        await().until(() -> pool.status.loopLag().compareTo(Duration.ofMillis(200)) > 0);
        assertThat(pool.status.troubles().lostLeases()).isZero();
        pool.assertState(blocked, JobState.RUNNING);

        released.countDown();
        pool.awaitState(blocked, JobState.SUCCEEDED);
        await().until(() -> pool.status.loopLag().compareTo(Duration.ofMillis(50)) < 0);
    }

    @Test
    void attemptThatBlocksPastItsTimeOutIsOverdueUntilItReturns() throws InterruptedException {
        JobId blocked = block(Duration.ofMillis(20));

        pool.awaitState(blocked, JobState.DEAD);
        assertThat(pool.status.overdue()).isEqualTo(1);
        pool.awaitState(pool.addAndWake("noop"), JobState.SUCCEEDED);

        released.countDown();
        await().until(() -> pool.status.overdue() == 0);
    }
}
