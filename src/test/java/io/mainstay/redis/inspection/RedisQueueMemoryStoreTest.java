package io.mainstay.redis.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.inspection.QueueMemory;
import io.mainstay.job.QueueName;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.JobDraft;
import io.mainstay.redis.MainstayUser;
import io.mainstay.redis.RedisServerForTests;
import io.mainstay.redis.store.RedisUnderTest;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisQueueMemoryStoreTest {

    private static final QueueName QUEUE = new QueueName("measured");
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int JOBS = 200;
    private static final int PAYLOAD = 1000;

    private final RedisUnderTest redis = new RedisUnderTest(RedisServerForTests.address(), 1);
    private final RedisQueueMemoryStore store = new RedisQueueMemoryStore(redis.calls());

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void queueThatHasNothingTakesNothing() {
        assertThat(measured()).isEqualTo(new QueueMemory(0, Optional.of(0L), 0));
    }

    @Test
    void sampleTellsWhatAllJobsTake() {
        for (int i = 0; i < JOBS; i++) {
            JobDraft draft = JobDraft.job(QUEUE, "job-" + i).ofBytes(PAYLOAD);
            redis.jobs()
                    .enqueue((i % 2 == 0 ? draft : draft.after(Duration.ofHours(1))).build())
                    .await()
                    .atMost(DEADLINE);
        }

        QueueMemory memory = measured();

        assertThat(memory.jobs()).isEqualTo(JOBS);
        assertThat(memory.sampled()).isEqualTo(16);
        assertThat(memory.bytes().orElseThrow()).isBetween((long) JOBS * PAYLOAD, 3L * JOBS * PAYLOAD);
    }

    /** The documented user has no right to it. */
    @Test
    void whatMayNotBeAskedIsNotKnown() {
        try (RedisNode node = RedisNode.start().awaitUp()) {
            MainstayUser.make(node);
            RedisUnderTest other = new RedisUnderTest(
                    new RedisOptions()
                            .setConnectionString("redis://" + MainstayUser.LOGIN + "@127.0.0.1:" + node.port()),
                    node.address(),
                    Map.of());
            other.jobs().enqueue(JobDraft.job(QUEUE, "one").build()).await().atMost(DEADLINE);

            assertThat(new RedisQueueMemoryStore(other.calls())
                            .memory(QUEUE)
                            .await()
                            .atMost(DEADLINE))
                    .isEqualTo(new QueueMemory(1, Optional.empty(), 1));
            other.close();
        }
    }

    private QueueMemory measured() {
        return store.memory(QUEUE).await().atMost(DEADLINE);
    }
}
