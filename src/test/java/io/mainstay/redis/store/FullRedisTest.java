package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.MainstayException;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settled;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.redis.RedisServerForTests;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Redis has reached maxmemory and evicts nothing: nothing new comes in, and what is there is worked off. */
class FullRedisTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final Duration LEASE = Duration.ofMinutes(1);

    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        redis = new RedisUnderTest(address(), 100);
    }

    String address() {
        return RedisServerForTests.address();
    }

    @AfterEach
    void close() {
        full(false);
        redis.close();
    }

    @Test
    void enqueueIsRefusedAndLeavesNothingBehind() {
        enqueue("before");
        full(true);

        assertThatThrownBy(() -> enqueue("refused")).isInstanceOf(MainstayException.class);
        assertThat(redis.gate().writeRefusal())
                .hasValueSatisfying(why -> assertThat(why).contains("it is full", "maxmemory"));
        assertThat(await(redis.jobs().find(QUEUE, new JobId("refused")))).isEmpty();

        full(false);
        assertThat(claim("t", 10)).extracting(Job::id).containsExactly(new JobId("before"));
        assertThat(redis.gate().writeRefusal()).isPresent();
        enqueue("after");
        assertThat(redis.gate().writeRefusal()).isEmpty();
    }

    @Test
    void jobsAreClaimedAndEndInEveryWay() {
        for (String id : List.of("succeeds", "retries", "dies", "released", "extended", "cancelled")) {
            enqueue(id);
        }
        full(true);

        assertThat(claim("t", 10)).hasSize(6);
        assertThat(settle(new Settlement.Complete(lease("succeeds"), Optional.of(new Json("{\"n\":1}")))))
                .isEqualTo(JobState.SUCCEEDED);
        assertThat(settle(failure("retries", Optional.of(Duration.ofMinutes(1)))))
                .isEqualTo(JobState.SCHEDULED);
        assertThat(settle(failure("dies", Optional.empty()))).isEqualTo(JobState.DEAD);
        assertThat(settle(new Settlement.Release(lease("released")))).isEqualTo(JobState.READY);
        assertThat(await(redis.leases().extend(QUEUE, List.of(lease("extended")), LEASE)))
                .isEmpty();
        await(redis.jobs().cancel(QUEUE, new JobId("cancelled")));
        assertThat(state("cancelled")).isEqualTo(JobState.CANCELLED);
    }

    /** What frees memory must not need any first: ids that callers chose are remembered. */
    @Test
    void endedJobsAreDeleted() {
        enqueue("ended");
        await(redis.jobs().cancel(QUEUE, new JobId("ended")));
        full(true);

        assertThat(await(redis.leases().prune(QUEUE, new Retention(JobState.CANCELLED, Duration.ZERO, 0, 10))))
                .isEqualTo(1);
    }

    private static Settlement failure(String id, Optional<Duration> retryAfter) {
        return new Settlement.Fail(lease(id), "test", "as asked", retryAfter);
    }

    private static Lease lease(String id) {
        return new Lease(new JobId(id), "t");
    }

    private JobState settle(Settlement report) {
        Settled settled = await(redis.leases().settle(QUEUE, List.of(report))).get(0);
        return ((Settled.Applied) settled).state();
    }

    private JobState state(String id) {
        return await(redis.jobs().find(QUEUE, new JobId(id))).orElseThrow().state();
    }

    private void enqueue(String id) {
        JobSpec spec = new JobSpec(
                new HandlerName("noop"),
                Json.NULL,
                4,
                new RetryPolicy(3, new Backoff.Fixed(Duration.ZERO)),
                Duration.ofMinutes(1));
        await(redis.jobs().enqueue(new NewJob(QUEUE, new JobId(id), spec, StartTime.NOW)));
    }

    private List<Job> claim(String token, int max) {
        return await(redis.leases().claim(SomeClaim.of(QUEUE, "me", token, max, LEASE)))
                .jobs();
    }

    private void full(boolean full) {
        redis.send(Request.cmd(Command.CONFIG).arg("SET").arg("maxmemory").arg(full ? "1" : "0"));
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
