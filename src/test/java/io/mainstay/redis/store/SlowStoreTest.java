package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.JobState;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.Claimed;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobPage;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.OwnRedis;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An instance whose connections are slow, and jobs of 256 KB. */
class SlowStoreTest {

    private static final QueueName LARGE = new QueueName("large");
    private static final QueueName LISTED = new QueueName("listed");
    private static final QueueName SMALL = new QueueName("small");
    private static final int JOBS = 16;
    private static final int MB = 1_000_000;
    /** Bytes a second: an answer of 1 MiB takes longer than the call time-out and less than a third of the lease. */
    private static final int SLOW = MB / 3;

    private static final Duration LEASE = Duration.ofSeconds(18);
    private static final Duration CALL_TIMEOUT = Duration.ofMillis(1200);
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private FaultyProxy proxy;
    private OwnRedis server;
    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        server = new OwnRedis();
        proxy = new FaultyProxy(server.port());
        redis = new RedisUnderTest(
                proxy.address(),
                Map.of(
                        "mainstay.redis.connections", "1",
                        "mainstay.redis.call-timeout", CALL_TIMEOUT.toString(),
                        "mainstay.lease.duration", LEASE.toString()));
        for (int i = 0; i < JOBS; i++) {
            await(enqueue(LARGE, "large-" + i, "x".repeat(256_000)));
            await(enqueue(LISTED, "large-" + i, "x".repeat(256_000)));
        }
    }

    @AfterEach
    void close() throws Exception {
        redis.close();
        proxy.close();
        server.close();
    }

    @TimedTest
    void listThatTakesLongerThanTheCallTimeoutArrivesAtTheFirstTry() {
        proxy.shapeAnswers(SLOW);
        long begun = System.nanoTime();
        JobPage page = await(list());

        assertThat(page.jobs()).hasSizeGreaterThan(1);
        assertThat(since(begun)).isBetween(CALL_TIMEOUT, Duration.ofSeconds(8));
    }

    @TimedTest
    void answerThatIsComingInWhenTheCallTimeoutIsOverIsWaitedForAtTheSecondTryToo() {
        proxy.loseAnswers(1);
        proxy.shapeAnswers(SLOW);
        long begun = System.nanoTime();

        assertThat(await(list()).jobs()).hasSizeGreaterThan(1);
        assertThat(since(begun)).isGreaterThan(CALL_TIMEOUT);
    }

    @TimedTest
    void enqueuesAndExtensionsAndReportsAreQuickWhileClaimsAndListsComeIn() {
        await(enqueue(SMALL, "first", "x"));
        Claimed small = await(claim(SMALL, 1));
        Lease lease = new Lease(small.jobs().get(0).id(), "token-small");
        proxy.shapeAnswers(SLOW);
        CompletableFuture<JobPage> list = list().subscribeAsCompletionStage();
        CompletableFuture<Claimed> claim = claim(LARGE, JOBS).subscribeAsCompletionStage();
        awaitDelivered(MB / 8);

        for (int i = 0; i < 10; i++) {
            long begun = System.nanoTime();
            await(enqueue(SMALL, "job-" + i, "x"));
            await(redis.leases().extend(SMALL, List.of(lease), LEASE));
            assertThat(since(begun)).isLessThan(Duration.ofMillis(500));
        }
        await(redis.leases().settle(SMALL, List.of(new Settlement.Complete(lease, Optional.empty()))));
        assertThat(list).isNotDone();
        assertThat(claim).isNotDone();
        assertThat(await(Uni.createFrom().completionStage(claim)).jobs()).hasSizeGreaterThan(1);
        assertThat(await(Uni.createFrom().completionStage(list)).jobs()).isNotEmpty();
    }

    @TimedTest
    void claimWhoseAnswerIsCutSaysSoAtOnce() {
        proxy.shapeAnswers(MB);
        CompletableFuture<Claimed> claim = claim(LARGE, JOBS).subscribeAsCompletionStage();
        awaitDelivered(MB / 2);
        proxy.cutConnections();

        assertThat(unavailable(claim).cutMidAnswer()).isTrue();
    }

    @TimedTest
    void claimThatIsNotAnsweredAtAllIsNoCut() {
        proxy.holdAnswers(true);

        assertThat(unavailable(claim(LARGE, JOBS).subscribeAsCompletionStage()).cutMidAnswer())
                .isFalse();
    }

    @TimedTest
    void probeGoesThroughAllKindsOfLinks() {
        await(redis.jobs().find(SMALL, new JobId("none")));
        await(claim(SMALL, 1));
        long connections = server.connections();
        redis.send(Request.cmd(Command.CONFIG).arg("RESETSTAT"));
        await(redis.jobs().reach(LEASE));

        assertThat(server.connections()).isEqualTo(connections);
        assertThat(redis.send(Request.cmd(Command.INFO).arg("commandstats")).toString())
                .contains("cmdstat_ping:calls=3");
    }

    private Uni<JobPage> list() {
        return redis.jobs()
                .list(LISTED, new PageRequest(JobState.READY, Optional.empty(), JOBS), EnumSet.allOf(JobPart.class));
    }

    private Uni<Claimed> claim(QueueName queue, int max) {
        return redis.leases().claim(SomeClaim.of(queue, "claimant", "token-" + queue.value(), max, LEASE));
    }

    private Uni<Enqueued> enqueue(QueueName queue, String id, String payload) {
        RetryPolicy retry = new RetryPolicy(1, new Backoff.Fixed(Duration.ZERO));
        JobSpec spec =
                new JobSpec(new HandlerName("noop"), new Json('"' + payload + '"'), 4, retry, Duration.ofMinutes(1));
        return redis.jobs().enqueue(new NewJob(queue, new JobId(id), spec, StartTime.NOW));
    }

    private void awaitDelivered(long bytes) {
        long before = proxy.delivered();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(DEADLINE)
                .until(() -> proxy.delivered() - before > bytes);
    }

    private static StoreUnavailableException unavailable(CompletableFuture<?> call) {
        Throwable thrown = catchThrowable(
                () -> call.orTimeout(DEADLINE.toSeconds(), TimeUnit.SECONDS).join());
        assertThat(thrown).hasCauseInstanceOf(StoreUnavailableException.class);
        return (StoreUnavailableException) thrown.getCause();
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
