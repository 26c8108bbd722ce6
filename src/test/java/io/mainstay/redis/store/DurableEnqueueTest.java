package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.Durability;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.JobId;
import io.mainstay.job.NewJob;
import io.mainstay.job.NotDurableException;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.redis.OwnRedis;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A primary and a replica, real ones. */
class DurableEnqueueTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private OwnRedis primary;
    private OwnRedis replica;
    private RedisUnderTest redis;

    @BeforeEach
    void open() throws Exception {
        primary = new OwnRedis();
        replica = new OwnRedis();
        redis = new RedisUnderTest("redis://127.0.0.1:" + primary.port(), 100);
    }

    @AfterEach
    void close() throws Exception {
        redis.close();
        replica.close();
        primary.close();
    }

    @TimedTest
    void acknowledgedJobIsOnTheReplica() throws Exception {
        follow();
        assertThat(enqueue("a", Durability.REPLICA)).isInstanceOf(Enqueued.Created.class);
        assertThat(replica.run("EXISTS " + new RedisKeys(new QueueName("q")).base() + "job:a")
                        .toInteger())
                .isOne();
    }

    @TimedTest
    void frozenReplicaIsToldAndARepeatWaitsAgain() throws Exception {
        follow();
        replica.freeze(true);
        try {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> enqueue("a", Durability.REPLICA)).isInstanceOf(NotDurableException.class);
            }
            assertThat(redis.jobs().find(QUEUE, new JobId("a")).await().atMost(DEADLINE))
                    .isPresent();
        } finally {
            replica.freeze(false);
        }
        assertThat(enqueue("a", Durability.REPLICA)).isInstanceOf(Enqueued.Existing.class);
        assertThat(replica.run("EXISTS " + new RedisKeys(new QueueName("q")).base() + "job:a")
                        .toInteger())
                .isOne();
    }

    @Test
    void withoutAReplicaTheJobIsThereAllTheSame() {
        assertThatThrownBy(() -> enqueue("a", Durability.REPLICA)).isInstanceOf(NotDurableException.class);
        assertThat(enqueue("a", Durability.MEMORY)).isInstanceOf(Enqueued.Existing.class);
    }

    @Test
    void diskCannotBeAskedForWhereRedisDoesNotKnowHow() {
        assertThatThrownBy(() -> enqueue("a", Durability.FSYNC)).isInstanceOf(InvalidValueException.class);
        assertThat(redis.jobs().find(QUEUE, new JobId("a")).await().atMost(DEADLINE))
                .isEmpty();
    }

    private void follow() throws Exception {
        replica.run("REPLICAOF 127.0.0.1 " + primary.port());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> replica.run("INFO replication").toString().contains("master_link_status:up"));
    }

    private Enqueued enqueue(String id, Durability durability) {
        NewJob job = JobDraft.job(QUEUE, id).build();
        return redis.jobs()
                .enqueue(new NewJob(QUEUE, job.id(), job.spec(), job.start(), durability))
                .await()
                .atMost(DEADLINE);
    }
}
