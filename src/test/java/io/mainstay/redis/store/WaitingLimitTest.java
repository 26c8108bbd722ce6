package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.QueueLimits;
import io.mainstay.redis.RedisServerForTests;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A house that takes no jobs but into queues with a limit of their own. */
class WaitingLimitTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        redis = new RedisUnderTest(
                RedisServerForTests.address(), RedisUnderTest.patient(Map.of("mainstay.jobs.max-waiting", "0")));
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void queueIsHeldToWhatIsConfiguredUnlessItHasALimitOfItsOwn() {
        assertThat(enqueue(QUEUE)).isInstanceOf(Enqueued.Refused.class);

        redis.jobs()
                .setLimits(QUEUE, QueueLimits.NONE.withMaxWaiting(1))
                .await()
                .atMost(DEADLINE);
        assertThat(enqueue(QUEUE)).isInstanceOf(Enqueued.Created.class);
    }

    /** Else instances that take no jobs would be found dead. */
    @Test
    void canariesAreTakenInAnyCase() {
        assertThat(enqueue(QueueName.privateTo("one"))).isInstanceOf(Enqueued.Created.class);
    }

    private Enqueued enqueue(QueueName queue) {
        return redis.jobs().enqueue(JobDraft.job(queue, "a").build()).await().atMost(DEADLINE);
    }
}
