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
import io.mainstay.job.StoreFullException;
import io.mainstay.job.UniqueKey.OnConflict;
import io.mainstay.job.UniqueKey.Until;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.SomeClaim;
import io.mainstay.redis.OwnRedis;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.RedisOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A full Redis that evicts what expires, as Azure Cache for Redis does if nobody says otherwise. */
class EvictionTest {

    private static final QueueName QUEUE = new QueueName("mails");
    private static final QueueName CANARIES = QueueName.privateTo("test");
    private static final Duration DEADLINE = Duration.ofSeconds(40);
    private static final Duration HOUR = Duration.ofHours(1);
    /** Room for some hundreds of jobs of {@link #LARGE}. */
    private static final long ROOM = 5_000_000;

    private static final JobSpec LARGE = new JobSpec(
            new HandlerName("noop"),
            new Json("\"" + "x".repeat(10_000) + "\""),
            4,
            new RetryPolicy(3, new Backoff.Fixed(Duration.ZERO)),
            Duration.ofMinutes(1));

    private OwnRedis server;
    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        server = new OwnRedis();
        String address = "redis://127.0.0.1:" + server.port();
        redis = new RedisUnderTest(
                new RedisOptions().setConnectionString(address), address, RedisUnderTest.patient(Map.of()));
    }

    @AfterEach
    void close() {
        redis.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"volatile-lru", "volatile-random", "volatile-ttl"})
    void noJobIsLostAndUniqueKeysHold(String policy) {
        server.run("CONFIG SET maxmemory-policy " + policy);
        enqueue(JobDraft.job(QUEUE, "unique").unique("k", new Until.Time(HOUR), OnConflict.KEEP));
        for (int i = 0; i < 50; i++) {
            enqueue(JobDraft.job(CANARIES, "canary-" + i));
        }
        server.run("CONFIG SET maxmemory " + (usedMemory() + ROOM));

        List<String> acknowledged = fill();
        assertThat(stat("evicted_keys")).isPositive();
        server.run("CONFIG SET maxmemory 0");

        acknowledged.add("unique");
        assertThat(enqueue(JobDraft.job(QUEUE, "twice").unique("k", new Until.Time(HOUR), OnConflict.KEEP)))
                .isInstanceOf(Enqueued.Existing.class);
        assertThat(claimAll()).extracting(job -> job.id().value()).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    /** A claim brings as many as fit its answer. */
    private List<Job> claimAll() {
        List<Job> all = new ArrayList<>();
        List<Job> some;
        do {
            ClaimRequest request = SomeClaim.of(QUEUE, "me", "t" + all.size(), 1000, HOUR);
            some = await(redis.leases().claim(request)).jobs();
            all.addAll(some);
        } while (!some.isEmpty());
        return all;
    }

    /** @return the jobs that it took until it was full */
    private List<String> fill() {
        List<String> acknowledged = new ArrayList<>();
        for (int i = 0; true; i++) {
            try {
                await(redis.jobs().enqueue(new NewJob(QUEUE, new JobId("job-" + i), LARGE, StartTime.NOW)));
                acknowledged.add("job-" + i);
            } catch (StoreFullException full) {
                return acknowledged;
            }
        }
    }

    private Enqueued enqueue(JobDraft job) {
        return await(redis.jobs().enqueue(job.build()));
    }

    private long usedMemory() {
        return stat("used_memory");
    }

    private long stat(String name) {
        return server.run("INFO")
                .toString()
                .lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(
                        line -> Long.parseLong(line.substring(name.length() + 1).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T await(Uni<T> answer) {
        return answer.await().atMost(DEADLINE);
    }
}
