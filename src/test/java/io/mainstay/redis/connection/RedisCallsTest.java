package io.mainstay.redis.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.job.StoreFullException;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.machine.TimedTest;
import io.mainstay.queue.Enqueued;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.OwnRedis;
import io.mainstay.redis.store.RedisUnderTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a caller gets, and when, while a real Redis refuses. */
class RedisCallsTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration CALL_TIMEOUT = Duration.ofMillis(2500);

    private OwnRedis server;
    private FaultyProxy proxy;
    private RedisUnderTest redis;

    @BeforeEach
    void open() throws Exception {
        server = new OwnRedis();
        proxy = new FaultyProxy(server.port());
        redis = new RedisUnderTest(proxy.address(), Map.of());
        enqueue("first").join();
    }

    @AfterEach
    void close() throws Exception {
        redis.close();
        proxy.close();
        server.close();
    }

    @TimedTest
    void fullRedisIsSaidAtOnceAndRoomIsUsedAtOnce() throws Exception {
        server.run("CONFIG SET maxmemory 1");
        long begun = System.nanoTime();
        assertThatThrownBy(() -> enqueue("second").join()).hasCauseInstanceOf(StoreFullException.class);
        assertThat(since(begun)).isLessThan(CALL_TIMEOUT.dividedBy(2));

        server.run("CONFIG SET maxmemory 0");
        assertThat(enqueue("second").join()).isInstanceOf(Enqueued.Created.class);
    }

    @TimedTest
    void forbiddenCommandIsNotRepeated() throws Exception {
        server.run("ACL SETUSER default -evalsha");
        long begun = System.nanoTime();

        assertThatThrownBy(() -> enqueue("second").join()).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(since(begun)).isLessThan(CALL_TIMEOUT.dividedBy(2));
    }

    @TimedTest
    void callWaitsForReplicasAndSucceedsOnceTheyAreThere() throws Exception {
        server.run("CONFIG SET min-replicas-to-write 1");
        CompletableFuture<Enqueued> waiting = enqueue("second");
        assertThatThrownBy(() ->
                        waiting.copy().orTimeout(200, TimeUnit.MILLISECONDS).join())
                .isInstanceOf(CompletionException.class);
        assertThat(waiting).isNotDone();

        server.run("CONFIG SET min-replicas-to-write 0");
        assertThat(waiting.join()).isInstanceOf(Enqueued.Created.class);
    }

    @TimedTest
    void silentRedisIsSaidWithinThreeSecondsOfTheCall() {
        proxy.holdAnswers(true);
        long begun = System.nanoTime();

        assertThatThrownBy(() -> enqueue("second").join()).hasCauseInstanceOf(StoreUnavailableException.class);
        assertThat(since(begun)).isBetween(CALL_TIMEOUT.minusMillis(100), Duration.ofSeconds(3));
    }

    @TimedTest
    void timeOfAnEnqueueBehindAnotherCountsFromItsOwnBeginning() {
        proxy.holdAnswers(true);
        CompletableFuture<Enqueued> first = enqueue("one");
        List<CompletableFuture<Duration>> behind = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String id = "behind-" + i;
            assertThatThrownBy(() ->
                            first.copy().orTimeout(300, TimeUnit.MILLISECONDS).join())
                    .isInstanceOf(CompletionException.class);
            long begun = System.nanoTime();
            behind.add(enqueue(id).handle((answer, error) -> {
                assertThat(error).isInstanceOf(StoreUnavailableException.class);
                return since(begun);
            }));
        }

        assertThat(behind).allSatisfy(each -> assertThat(each.join())
                .isBetween(CALL_TIMEOUT.minusMillis(100), Duration.ofSeconds(3)));
    }

    private CompletableFuture<Enqueued> enqueue(String id) {
        RetryPolicy retry = new RetryPolicy(1, new Backoff.Fixed(Duration.ZERO));
        JobSpec spec = new JobSpec(new HandlerName("noop"), Json.NULL, 4, retry, Duration.ofMinutes(1));
        return redis.jobs()
                .enqueue(new NewJob(QUEUE, new JobId(id), spec, StartTime.NOW))
                .subscribeAsCompletionStage()
                .orTimeout(10, TimeUnit.SECONDS);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
