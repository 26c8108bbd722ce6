package io.mainstay.worker;

import static io.mainstay.worker.WorkerPoolUnderTest.QUEUE;
import static io.mainstay.worker.WorkerPoolUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.OwnQueue;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Queues are looked at slowly while wake-ups come through, fast while they do not, and at once when some were missed. */
class PollingTest {

    private static final Duration NEVER = Duration.ofMinutes(1);

    private final WorkerPoolUnderTest pool = new WorkerPoolUnderTest();

    @AfterEach
    void close() {
        pool.close();
    }

    @TimedTest
    void jobsRunWithinASecondWithoutAnyWakeUp() {
        pool.poll = WorkersConfig.poll(Duration.ofSeconds(2), Duration.ofMillis(500));
        pool.wakeUps.live(false);
        pool.start(4);
        for (int i = 0; i < 4; i++) {
            QueueName fresh = new QueueName("fresh-" + i);
            JobId id = pool.add(fresh, "noop", 1, NEVER);
            await().atMost(Duration.ofSeconds(1))
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> done(fresh, id));
        }
    }

    @Test
    void lostSubscriptionIsALookEverywhereAndFastPollsFromThenOn() {
        pool.poll = WorkersConfig.poll(NEVER, Duration.ofMillis(20));
        pool.start(1);
        await().until(() -> pool.status.sinceLastClaim().isPresent() || pool.gate.claims.isEmpty());
        JobId missed = pool.add("noop");
        pool.wakeUps.live(false);
        await().until(() -> done(QUEUE, missed));
        JobId next = pool.add("noop");
        await().until(() -> done(QUEUE, next));
    }

    @TimedTest
    void subscriptionThatIsBackIsALookEverywhereAndSlowPollsFromThenOn() {
        pool.poll = WorkersConfig.poll(NEVER, Duration.ofMillis(20));
        pool.wakeUps.live(false);
        pool.start(1);
        JobId first = pool.add("noop");
        await().until(() -> done(QUEUE, first));

        pool.wakeUps.live(true);
        JobId second = pool.add("noop");
        pool.wakeUps.live(true);
        await().until(() -> done(QUEUE, second));
        pool.wake(QUEUE);
        int claims = settledClaims();
        JobId unheard = pool.add("noop");
        await().during(Duration.ofMillis(200)).until(() -> !done(QUEUE, unheard));
        assertThat(pool.gate.claims).hasSize(claims);
    }

    @Test
    void newQueueIsFoundByItsFirstWakeUp() {
        pool.start(1);
        QueueName fresh = new QueueName("fresh");
        JobId id = pool.add(fresh, "noop", 1, NEVER);
        pool.wake(fresh);
        await().until(() -> done(fresh, id));
    }

    @Test
    void privateQueueIsServedBesideNamedOnesAndNobodyElses() {
        QueueName own = QueueName.privateTo("me");
        QueueName other = QueueName.privateTo("somebody-else");
        pool.queues = QueueWeights.parse(List.of("work")).and(new OwnQueue(own));
        pool.start(1);
        JobId mine = pool.add(own, OwnQueue.HANDLER.value(), 1, NEVER);
        JobId theirs = pool.add(other, OwnQueue.HANDLER.value(), 1, NEVER);
        pool.wake(other);
        pool.wake(own);
        await().until(() -> done(own, mine));
        assertThat(pool.gate.claims).noneMatch(claim -> claim.queue().equals(other));
        assertThat(done(other, theirs)).isFalse();
    }

    /** @return how many claims there were when no more came */
    private int settledClaims() {
        AtomicInteger seen = new AtomicInteger();
        await().during(Duration.ofMillis(300))
                .until(() -> seen.getAndSet(pool.gate.claims.size()) == pool.gate.claims.size());
        return seen.get();
    }

    private boolean done(QueueName queue, JobId id) {
        return pool.store.find(queue, id).await().indefinitely().orElseThrow().state() == JobState.SUCCEEDED;
    }
}
