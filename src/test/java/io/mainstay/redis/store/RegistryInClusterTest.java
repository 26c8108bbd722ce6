package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.JobDraft;
import io.mainstay.redis.topology.Slots;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a cluster the shard that everybody reads the queues from may lose what the shard of the jobs keeps. */
class RegistryInClusterTest {

    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final Duration HOUR = Duration.ofHours(1);

    private static RedisCluster cluster;
    private QueueName queue;

    @BeforeAll
    static void start() {
        cluster = new RedisCluster();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @BeforeEach
    void empty() {
        cluster.flush();
        int index = cluster.primaryOf(RedisKeys.QUEUES).port();
        for (int i = 0; queue == null; i++) {
            queue = cluster.primaryOf("{mails-" + i + "}").port() == index ? null : new QueueName("mails-" + i);
        }
    }

    @Test
    void everySlotHasARegistryOfItsOwn() {
        Set<String> names = new HashSet<>();
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            assertThat(Slots.of(SlotRegistries.in(slot))).isEqualTo(slot);
            names.add(SlotRegistries.in(slot));
        }
        assertThat(names).hasSize(Slots.COUNT);
        // Those that were written yesterday are to be found tomorrow.
        assertThat(SlotRegistries.beside("ms:{mails}:meta")).isEqualTo("ms:{:41944}:queues");
    }

    @Test
    void jobThatIsAcknowledgedAfterTheIndexIsLostIsFoundByAnotherInstance() {
        RedisUnderTest one = RedisUnderTest.of(cluster, Map.of());
        enqueue(one, "before");
        indexShard().call("FLUSHALL");
        enqueue(one, "after");
        one.close();

        try (RedisUnderTest other = RedisUnderTest.of(cluster, Map.of())) {
            assertThat(await(other.jobs().queues())).isEmpty();
            other.keeping();
            Awaitility.await("the walk")
                    .atMost(DEADLINE)
                    .until(() -> await(other.jobs().queues()).contains(queue));
            assertThat(await(other.leases().claim(new ClaimRequest(queue, "me", "t", 10, HOUR)))
                            .jobs())
                    .extracting(Job::id)
                    .containsExactly(new JobId("before"), new JobId("after"));
        }
    }

    @Test
    void oneInstanceGoesThroughTheSlotsForAll() {
        try (RedisUnderTest one = RedisUnderTest.of(cluster, Map.of());
                RedisUnderTest other = RedisUnderTest.of(cluster, Map.of())) {
            enqueue(one, "a");
            await(one.walk().ifTurn("t1", HOUR));
            cluster.primaryOf(RedisKeys.QUEUES).call("DEL", RedisKeys.QUEUES);

            await(other.walk().ifTurn("t2", HOUR));
            assertThat(await(other.jobs().queues())).isEmpty();
            await(one.walk().ifTurn("t1", HOUR));
            assertThat(await(other.jobs().queues())).containsExactly(queue);
        }
    }

    @Test
    void indexThatComesBackEmptyIsToldOfAllQueuesThatAreRemembered() {
        try (RedisUnderTest one = RedisUnderTest.of(cluster, Map.of()).keeping()) {
            enqueue(one, "a");
            RedisNode shard = indexShard();
            shard.call("DEL", RedisKeys.QUEUES);
            shard.call("CLIENT", "KILL", "TYPE", "normal");

            Awaitility.await("the index").atMost(DEADLINE).ignoreExceptions().until(() -> await(
                            one.jobs().queues())
                    .contains(queue));
        }
    }

    private static RedisNode indexShard() {
        return cluster.primaryOf(RedisKeys.QUEUES);
    }

    private void enqueue(RedisUnderTest instance, String id) {
        await(instance.jobs().enqueue(JobDraft.job(queue, id).build()));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
