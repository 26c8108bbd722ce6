package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.queue.handlers.HeldHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The worker pool claims no jobs of handlers that are held, but for one that it is to try. */
class HeldClaimsTest {

    private static final HandlerName BROKEN = new HandlerName("slow");

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();
    private volatile boolean held = true;
    private final AtomicBoolean probe = new AtomicBoolean();
    private final List<Boolean> probed = new CopyOnWriteArrayList<>();

    HeldClaimsTest() {
        pool.held = new HeldHandlers() {
            @Override
            public Optional<Hold> hold(HandlerName handler) {
                return held && handler.equals(BROKEN) ? Optional.of(new Hold(Instant.EPOCH, 10)) : Optional.empty();
            }

            @Override
            public Set<HandlerName> claimable(Set<HandlerName> handlers) {
                return handlers.stream().filter(handler -> !held(handler)).collect(Collectors.toSet());
            }

            @Override
            public boolean mayClaim(QueueName queue, HandlerName handler) {
                return !held(handler) || probe.get();
            }

            @Override
            public Optional<HandlerName> probe(QueueName queue, Set<HandlerName> handlers) {
                return probe.getAndSet(false) ? Optional.of(BROKEN) : Optional.empty();
            }

            @Override
            public void probed(QueueName queue, HandlerName handler, boolean found) {
                probed.add(found);
            }
        };
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void jobsOfAHeldHandlerWaitAndHoldUpNoOthers() {
        pool.start(2);
        JobId waiting = pool.addAndWake("slow");
        pool.awaitState(pool.addAndWake("noop"), JobState.SUCCEEDED);
        pool.assertState(waiting, JobState.READY);

        held = false;
        pool.wake(QUEUE);

        pool.awaitState(waiting, JobState.RUNNING);
    }

    @Test
    void oneJobIsTriedAndThoseOfOthersAreClaimedAfterIt() {
        pool.start(4);
        JobId first = pool.add("slow");
        JobId second = pool.add("slow");
        JobId other = pool.add("noop");

        probe.set(true);
        pool.wake(QUEUE);

        pool.awaitState(first, JobState.RUNNING);
        pool.awaitState(other, JobState.SUCCEEDED);
        pool.assertState(second, JobState.READY);
        assertThat(probed).containsExactly(true);
    }

    @Test
    void probeThatFindsNoJobIsTold() {
        pool.start(4);
        JobId other = pool.add("noop");

        probe.set(true);
        pool.wake(QUEUE);

        pool.awaitState(other, JobState.SUCCEEDED);
        assertThat(probed).containsExactly(false);
    }
}
