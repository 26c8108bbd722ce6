package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.bulk.BulkAction;
import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueWork;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.Retention;
import io.mainstay.queue.search.JobFilter;
import io.mainstay.redis.RedisServerForTests;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs that end while the enqueue that made them is still sent again, because its answer was lost. */
class RememberedIdsTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration REPEATABLE = Duration.ofSeconds(10);
    private static final Retention NOTHING = new Retention(JobState.CANCELLED, Duration.ZERO, 0, 100);

    private final NewJob job = JobDraft.job(QUEUE, "own").build().withIdOfItsOwn();
    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        redis = new RedisUnderTest(
                RedisServerForTests.address(),
                RedisUnderTest.patient(Map.of(RedisUnderTest.REPEATABLE, REPEATABLE.toString())));
        await(redis.jobs().enqueue(job));
        await(redis.jobs().cancel(QUEUE, job.id()));
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void jobIsNotPrunedBeforeItsEnqueueIsCertainlyOver() {
        assertThat(await(redis.leases().prune(QUEUE, NOTHING))).isZero();

        redis.step(REPEATABLE);
        assertThat(await(redis.leases().prune(QUEUE, NOTHING))).isEqualTo(1);
    }

    @Test
    void jobThatWasDeletedIsNotMadeAgainByARepeat() {
        PageRequest page = new PageRequest(JobState.CANCELLED, Optional.empty(), 10);
        await(redis.bulkActions()
                .change(QUEUE, new BulkActionRequest(BulkAction.DELETE, JobFilter.ALL, page, "token")));

        assertThat(sentAgain()).isEqualTo(5);
        assertThat(await(redis.jobs().find(QUEUE, job.id()))).isEmpty();

        redis.step(REPEATABLE);
        assertThat(sentAgain()).isEqualTo(1);
    }

    @Test
    void jobThatWentWithItsQueueIsNotMadeAgainByARepeat() {
        assertThat(await(redis.queues().deleteSome(QUEUE, true, 10)).gone()).isTrue();

        assertThat(sentAgain()).isEqualTo(5);
        redis.step(REPEATABLE);
        await(redis.leases().prune(QUEUE, NOTHING));
        assertThat(redis.send(Request.cmd(Command.KEYS).arg("ms:*")).toString()).doesNotContain("remembered");
        assertThat(sentAgain()).isEqualTo(1);
    }

    @Test
    void whatIsRememberedOfADeletedQueueGoesByItself() {
        await(redis.queues().deleteSome(QUEUE, true, 10));
        redis.step(REPEATABLE);
        int bucket = Buckets.of(QUEUE);
        assertThat(await(redis.due().due(bucket, Duration.ZERO)).queues())
                .extracting(DueQueue::work)
                .containsExactly(DueWork.PRUNE);

        await(redis.leases().prune(QUEUE, NOTHING));
        assertThat(redis.send(Request.cmd(Command.KEYS).arg("*"))).isEmpty();
    }

    /** What the script says of the job; 1 if it made it. */
    private int sentAgain() {
        RedisKeys keys = new RedisKeys(QUEUE);
        List<String> changed = List.of(
                keys.meta(),
                keys.state(JobState.READY),
                keys.state(JobState.SCHEDULED),
                keys.state(JobState.CANCELLED));
        JobId id = job.id();
        List<String> args = List.of(
                keys.jobPrefix(),
                RedisKeys.WAKE_CHANNEL,
                QUEUE.value(),
                "100",
                "",
                "1",
                "",
                id.value(),
                "+0",
                "4" + SpecText.route(job.spec()),
                SpecText.write(job.spec()),
                job.spec().payload().text(),
                "");
        Response answer = await(redis.calls().run(Script.ENQUEUE, changed, args));
        return answer.type() == ResponseType.NUMBER ? 1 : answer.get(0).get(0).toInteger();
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(Duration.ofSeconds(40));
    }
}
