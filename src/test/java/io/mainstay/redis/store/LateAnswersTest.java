package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.RedisServerForTests;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

/** Redis stalls until connections are given up, then answers all at once: every answer reaches the call it is for. */
class LateAnswersTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final int JOBS = 20;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private FaultyProxy proxy;
    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        proxy = new FaultyProxy(URI.create(RedisServerForTests.address()).getPort());
        // Many do not come: the time until they are given up is short.
        redis = new RedisUnderTest(proxy.address(), Map.of("mainstay.redis.call-timeout", "PT1S"));
        for (int i = 0; i < JOBS; i++) {
            RetryPolicy retry = new RetryPolicy(1, new Backoff.Fixed(Duration.ZERO));
            JobSpec spec = new JobSpec(
                    new HandlerName("noop"), new Json(Integer.toString(i)), 4, retry, Duration.ofMinutes(1));
            await(redis.jobs().enqueue(new NewJob(QUEUE, new JobId("job-" + i), spec, StartTime.NOW)));
        }
    }

    @AfterEach
    void close() {
        redis.close();
        proxy.close();
    }

    @RepeatedTest(3)
    void answerReachesTheCallItIsFor() {
        proxy.holdAnswers(true);
        CompletableFuture<?> firstRound = CompletableFuture.allOf(readAll().toArray(CompletableFuture[]::new));
        firstRound
                .exceptionally(givenUp -> null)
                .orTimeout(DEADLINE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .join();

        List<CompletableFuture<Optional<Job>>> reads = readAll();
        proxy.holdAnswers(false);
        for (int round = 0; round < 5; round++) {
            for (int i = 0; i < JOBS; i++) {
                assertIsJob(i, reads.get(i));
            }
            reads = readAll();
        }
    }

    private List<CompletableFuture<Optional<Job>>> readAll() {
        List<CompletableFuture<Optional<Job>>> reads = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            reads.add(redis.jobs().find(QUEUE, new JobId("job-" + i)).subscribeAsCompletionStage());
        }
        return reads;
    }

    private static void assertIsJob(int number, CompletableFuture<Optional<Job>> read) {
        Optional<Job> job = read.exceptionally(LateAnswersTest::unavailable).join();
        assertThat(job.map(found -> found.spec().payload().text()).orElse(Integer.toString(number)))
                .isEqualTo(Integer.toString(number));
    }

    /** No answer is an answer, as long as it is not somebody else's. */
    private static Optional<Job> unavailable(Throwable error) {
        assertThat(error).isInstanceOf(StoreUnavailableException.class);
        return Optional.empty();
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
