package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.handler.AsyncJobHandler;
import io.mainstay.handler.Outcome;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.OwnQueue;
import io.mainstay.queue.route.TargetLimits;
import io.mainstay.queue.route.TargetRoom;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The worker pool claims what it has handlers for, and of each target as many as there is room for. */
class RoutedClaimsTest {

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();
    private final List<Runnable> waiting = new CopyOnWriteArrayList<>();
    private volatile TargetRoom room = TargetRoom.UNLIMITED;

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void jobsWithoutRoomAreClaimedOnceThereIsRoom() {
        pool.targets = new TargetLimits() {
            @Override
            public TargetRoom room() {
                return room;
            }

            @Override
            public void onRoom(Runnable task) {
                waiting.add(task);
            }
        };
        room = new TargetRoom(Integer.MAX_VALUE, Map.of("https://slow:443", 0));
        pool.start(2);
        JobId held = pool.addGoingTo("https://slow:443", "noop");
        pool.addGoingTo("https://other:443", "noop");
        pool.wake(QUEUE);
        pool.awaitState(pool.addAndWake("noop"), JobState.SUCCEEDED);
        pool.assertState(held, JobState.READY);

        room = TargetRoom.UNLIMITED;
        waiting.forEach(Runnable::run);

        pool.awaitState(held, JobState.SUCCEEDED);
    }

    @Test
    void jobsOfANewHandlerWaitForAnInstanceThatHasItAndSpendNoAttempt() {
        pool.start(1);
        JobId added = pool.addAndWake("new");
        for (int i = 0; i < 5; i++) {
            pool.awaitState(pool.addAndWake("noop"), JobState.SUCCEEDED);
        }
        pool.assertState(added, JobState.READY);
        assertThat(pool.job(added).status().attempt()).isZero();

        try (WorkerPoolUnderTest updated = new WorkerPoolUnderTest(pool)) {
            AsyncJobHandler handler = job -> Uni.createFrom().item(Outcome.success());
            updated.handle("new", handler).start(1);
            updated.wake(QUEUE);
            pool.awaitState(added, JobState.SUCCEEDED);
        }

        assertThat(pool.job(added).status().attempt()).isEqualTo(1);
    }

    @Test
    void drainedPoolRunsItsCanariesOnly() {
        QueueName own = QueueName.privateTo("me");
        pool.queues = QueueWeights.ALL.and(new OwnQueue(own));
        pool.start(2);
        JobId running = pool.addAndWake("slow");
        WorkerPoolUnderTest.await().until(() -> !pool.begun.isEmpty());

        pool.drains.drainHere(true);
        JobId held = pool.addAndWake("noop");
        JobId canary = pool.add(own, "canary", 1, Duration.ofMinutes(1));
        pool.wake(own);
        WorkerPoolUnderTest.await()
                .until(() ->
                        pool.store.state(own, canary).await().indefinitely().orElseThrow() == JobState.SUCCEEDED);
        pool.assertState(held, JobState.READY);
        assertThat(pool.status.drained()).isTrue();
        assertThat(pool.status.claimsFromAll()).isFalse();
        assertThat(pool.status.draining()).isFalse();
        pool.begun.get(0).complete(Outcome.success());
        pool.awaitState(running, JobState.SUCCEEDED);
        pool.assertState(held, JobState.READY);

        pool.drains.drainHere(false);
        pool.awaitState(held, JobState.SUCCEEDED);
    }

    @Test
    void hintAboutJobsOfOthersIsNotFollowed() {
        pool.start(1);
        pool.awaitState(pool.addAndWake("noop"), JobState.SUCCEEDED);
        JobId job = pool.add("noop");

        pool.wakeUps.hint(QUEUE, Set.of(new HandlerName("foreign")));
        assertThat(pool.job(job).state()).isEqualTo(JobState.READY);
        pool.wakeUps.hint(QUEUE, Set.of(new HandlerName("foreign"), new HandlerName("noop")));

        pool.awaitState(job, JobState.SUCCEEDED);
    }
}
