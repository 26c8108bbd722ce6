package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.Backoff;
import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobIds;
import io.mainstay.job.JobSpec;
import io.mainstay.job.Json;
import io.mainstay.job.Lease;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.job.RetryPolicy;
import io.mainstay.job.StartTime;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a job costs Redis in each part of its life: used_memory over 2,000 jobs. Prints the figures that
 * docs/operations.md has for {@code -Dmainstay.size.jobs=10000}; fails if a job of a small payload costs so much that those are wrong.
 */
class JobSizeTest {

    private static final Logger LOG = Logger.getLogger(JobSizeTest.class);
    private static final QueueName QUEUE = new QueueName("mail");
    private static final int JOBS = Integer.getInteger("mainstay.size.jobs", 2_000);
    private static final int BATCH = 1000;
    private static final int SETTLED_TOGETHER = 200;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Json RESULT = new Json("\"" + "r".repeat(98) + "\"");

    private final JobIds ids = new JobIds();

    @ParameterizedTest
    @ValueSource(ints = {100, 1024})
    void bytesOfAJob(int payload) {
        try (RedisNode node = RedisNode.start().awaitUp();
                RedisUnderTest redis = new RedisUnderTest(node.address(), RedisUnderTest.patient(Map.of()))) {
            long waiting = measured(node, redis, () -> enqueue(redis, payload, StartTime.NOW));
            long scheduled =
                    measured(node, redis, () -> enqueue(redis, payload, new StartTime.After(Duration.ofHours(1))));
            long running = measured(node, redis, () -> {
                enqueue(redis, payload, StartTime.NOW);
                claimAll(redis);
            });
            long succeeded = measured(
                    node, redis, () -> end(redis, payload, lease -> new Settlement.Complete(lease, Optional.empty())));
            long withResult = measured(
                    node,
                    redis,
                    () -> end(redis, payload, lease -> new Settlement.Complete(lease, Optional.of(RESULT))));
            long dead = measured(
                    node,
                    redis,
                    () -> end(
                            redis,
                            payload,
                            lease -> new Settlement.Fail(lease, "http-503", "m".repeat(100), Optional.empty())));
            LOG.infof(
                    "Bytes a job, payload %d: waiting %d, scheduled %d, running %d, succeeded %d, with a result of 100 %d, dead %d",
                    payload, waiting, scheduled, running, succeeded, withResult, dead);

            assertThat(List.of(waiting, scheduled, running, succeeded, withResult, dead))
                    .allSatisfy(bytes -> assertThat(bytes).isBetween((long) payload, 2L * payload + 1700));
        }
    }

    private long measured(RedisNode node, RedisUnderTest redis, Runnable fill) {
        node.call("FLUSHALL");
        // Connections, scripts and the registry of queues are there before it counts.
        runOne(redis);
        long before = usedMemory(node);
        fill.run();
        return Math.round((double) (usedMemory(node) - before) / JOBS);
    }

    private void runOne(RedisUnderTest redis) {
        await(redis.jobs().enqueue(job(1, StartTime.NOW)));
        String token = token();
        List<Job> claimed = await(redis.leases().claim(claim(token, 1))).jobs();
        await(redis.leases()
                .settle(
                        QUEUE,
                        List.of(new Settlement.Complete(new Lease(claimed.get(0).id(), token), Optional.empty()))));
    }

    private void enqueue(RedisUnderTest redis, int payload, StartTime start) {
        for (int done = 0; done < JOBS; done += BATCH) {
            await(Multi.createFrom()
                    .range(0, BATCH)
                    .onItem()
                    .transformToUniAndMerge(i -> redis.jobs().enqueue(job(payload, start)))
                    .collect()
                    .asList());
        }
    }

    private List<Lease> claimAll(RedisUnderTest redis) {
        List<Lease> leases = new ArrayList<>();
        while (leases.size() < JOBS) {
            String token = token();
            await(redis.leases().claim(claim(token, BATCH)))
                    .jobs()
                    .forEach(job -> leases.add(new Lease(job.id(), token)));
        }
        return leases;
    }

    private void end(RedisUnderTest redis, int payload, Function<Lease, Settlement> report) {
        enqueue(redis, payload, StartTime.NOW);
        List<Lease> leases = claimAll(redis);
        for (int from = 0; from < leases.size(); from += SETTLED_TOGETHER) {
            List<Settlement> reports = leases.subList(from, from + SETTLED_TOGETHER).stream()
                    .map(report)
                    .toList();
            await(redis.leases().settle(QUEUE, reports));
        }
    }

    private ClaimRequest claim(String token, int max) {
        return SomeClaim.of(QUEUE, "measuring", token, max, Duration.ofHours(1));
    }

    /** As instances make them, for a pod of a deployment. */
    private String token() {
        return "5d9c8b7f6d-x7k2p." + ids.nextToken();
    }

    private NewJob job(int payload, StartTime start) {
        JobSpec spec = new JobSpec(
                new HandlerName("welcome-mail"),
                new Json("\"" + "p".repeat(Math.max(0, payload - 2)) + "\""),
                4,
                new RetryPolicy(10, new Backoff.Exponential(Duration.ofSeconds(1), Duration.ofHours(1))),
                Duration.ofMinutes(5));
        return new NewJob(QUEUE, ids.nextId(), spec, start).withIdOfItsOwn();
    }

    private static long usedMemory(RedisNode node) {
        return node.call("INFO", "memory")
                .lines()
                .filter(line -> line.startsWith("used_memory:"))
                .mapToLong(line ->
                        Long.parseLong(line.substring("used_memory:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static <T> T await(Uni<T> asked) {
        return asked.await().atMost(DEADLINE);
    }
}
