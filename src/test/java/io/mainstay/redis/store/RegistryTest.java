package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.bulk.BulkAction;
import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.redis.OwnRedis;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.groups.Tuple;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis forgets which queues there are, in every way it may. One instance enqueues and ends; another one finds the job. */
class RegistryTest {

    private static final QueueName QUEUE = new QueueName("mails");
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private OwnRedis server;
    private RedisUnderTest one;
    private RedisUnderTest other;

    enum Loss {
        ALL_DATA(server -> server.run("FLUSHALL")),
        RESTART(server -> {
            server.kill();
            server.start();
        });

        private final Consumer<OwnRedis> how;

        Loss(Consumer<OwnRedis> how) {
            this.how = how;
        }
    }

    /** What makes an instance come across a queue. */
    enum Encounter {
        CLAIM,
        SWEEP,
        PRUNE,
        REQUEUE,
        RESCHEDULE,
        BULK_REQUEUE
    }

    @BeforeEach
    void open() {
        server = new OwnRedis();
        one = instance();
        other = instance();
    }

    @AfterEach
    void close() {
        if (one != null) {
            one.close();
        }
        other.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(Loss.class)
    void jobThatIsAcknowledgedAfterTheLossIsFoundByAnotherInstance(Loss loss) {
        enqueue(one, "before");

        loss.how.accept(server);
        Awaitility.await("an enqueue").atMost(DEADLINE).ignoreExceptions().until(() -> {
            enqueue(one, "after");
            return true;
        });
        one.close();
        one = null;

        assertThat(other.allQueues()).containsExactly(QUEUE);
        assertThat(claim(other, "t", 10)).extracting(Job::id).contains(new JobId("after"));
    }

    @ParameterizedTest
    @EnumSource(Encounter.class)
    void whoComesAcrossAQueueRegistersIt(Encounter encounter) {
        enqueue(one, "a");
        claim(one, "t1", 1);
        await(one.leases()
                .settle(QUEUE, List.of(new Settlement.Fail(lease("a", "t1"), "oops", "no", Optional.empty()))));
        enqueue(one, "b");
        enqueue(one, "c");
        claim(one, "t2", 1);
        server.run("ZREM " + Buckets.names(Buckets.of(QUEUE)) + " mails");

        switch (encounter) {
            case CLAIM -> {
                claim(other, "t3", 5);
                claim(other, "t4", 5);
            }
            case SWEEP -> claim(other, "t3", 0);
            case PRUNE -> await(other.leases().prune(QUEUE, new Retention(JobState.DEAD, Duration.ofDays(1), 10, 10)));
            case REQUEUE -> await(other.jobs().requeue(QUEUE, new JobId("a"), "r"));
            case RESCHEDULE -> await(other.jobs().reschedule(QUEUE, new JobId("c"), Rescheduling.NOW, "r"));
            case BULK_REQUEUE ->
                await(other.bulkActions()
                        .change(
                                QUEUE,
                                new BulkActionRequest(
                                        BulkAction.REQUEUE,
                                        JobFilter.ALL,
                                        new PageRequest(JobState.DEAD, Optional.empty(), 10),
                                        "r")));
        }
        awaitRegistered();
    }

    @Test
    void emptyQueueIsNotRegisteredByWhoLooksAtIt() {
        claim(other, "t", 1);
        await(other.jobs().figures(List.of(QUEUE)));
        await(other.loads().loads(List.of(QUEUE), SomeClaim.HANDLERS));
        // A command of the same instance comes after what those may have sent.
        enqueue(other, "elsewhere", new QueueName("elsewhere"));

        assertThat(other.allQueues()).containsExactly(new QueueName("elsewhere"));
    }

    @Test
    void whatIsNoNameOfAQueueHidesNoOther() {
        enqueue(one, "a");
        server.run("ZADD " + Buckets.names(3) + " 0", "not a queue");
        int bucket = Buckets.of(QUEUE);
        server.run("ZADD " + Buckets.next(bucket) + " -inf", "Not:A:Queue");
        server.run("ZADD " + Buckets.next(bucket) + " 1", "mails of-no-kind");

        for (int i = 0; i < 2; i++) {
            assertThat(other.allQueues()).containsExactly(QUEUE);
            assertThat(await(other.due().due(bucket, Duration.ZERO)).queues())
                    .extracting(DueQueue::queue, DueQueue::work)
                    .containsExactly(Tuple.tuple(QUEUE, DueWork.CLAIM));
        }
        assertThat(other.due().unreadable()).as("each counted once").isEqualTo(2);
    }

    private RedisUnderTest instance() {
        String address = "redis://127.0.0.1:" + server.port();
        return new RedisUnderTest(new RedisOptions().setConnectionString(address), address, Map.of());
    }

    private void awaitRegistered() {
        Awaitility.await("the registration")
                .atMost(DEADLINE)
                .ignoreExceptions()
                .until(() -> other.allQueues(), queues -> queues.contains(QUEUE));
    }

    private static void enqueue(RedisUnderTest instance, String id) {
        enqueue(instance, id, QUEUE);
    }

    private static void enqueue(RedisUnderTest instance, String id, QueueName queue) {
        await(instance.jobs().enqueue(JobDraft.job(queue, id).build()));
    }

    private static List<Job> claim(RedisUnderTest instance, String token, int max) {
        return await(instance.leases().claim(SomeClaim.of(QUEUE, "me", token, max, Duration.ofMinutes(1))))
                .jobs();
    }

    private static Lease lease(String id, String token) {
        return new Lease(new JobId(id), token);
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
