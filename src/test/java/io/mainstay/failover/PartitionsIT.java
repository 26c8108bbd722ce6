package io.mainstay.failover;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Layout;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import io.mainstay.redis.store.RedisKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Queues with partitions on a cluster of three, served by two instances. {@code -Dfailover.record} writes what was measured to
 * docs/failover.md.
 */
@Tag("recording")
class PartitionsIT {

    static final int PARTITIONS = 24;

    private static final int PER_SECOND = 500;
    private static final int JOBS = 6000;
    private static final int IDLE_SECONDS = 10;
    private static final double MOST_COST = 1.1;
    private static final Duration DEADLINE = Duration.ofSeconds(180);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RedisCluster redis;
    private static List<ServiceProcess> instances;
    private static int rounds;
    private static final PartitionsReport REPORT = new PartitionsReport();

    @BeforeAll
    static void start() {
        redis = new RedisCluster();
        instances = IntStream.range(0, 2)
                .mapToObj(i -> new ServiceProcess(
                        redis.addresses(),
                        Map.of(
                                "quarkus.redis.client-type", "cluster",
                                "mainstay.handlers.demo", "true",
                                "mainstay.retention.succeeded.max-count", "1000000")))
                .toList();
        instances.forEach(ServiceProcess::awaitReady);
    }

    @AfterAll
    static void stop() {
        instances.forEach(ServiceProcess::close);
        redis.close();
        if (System.getProperty("failover.record") != null) {
            REPORT.write();
        }
    }

    @Test
    void queueGrowsAndShrinksUnderLoadWithoutLosingAJobOrRunningOneTwice() {
        QueueName queue = new QueueName("grown");
        try (SteadySender sender = new SteadySender(instances, queue.value(), PER_SECOND)) {
            await("some jobs").until(() -> sender.acknowledged() > 2 * PER_SECOND);
            resize(queue, PARTITIONS);
            await("jobs in the new parts")
                    .until(() -> Layout.parts(queue, PARTITIONS).allMatch(part -> jobsIn(part) > 0));
            resize(queue, 1);
            int before = sender.acknowledged();
            await("some more jobs").until(() -> sender.acknowledged() > before + PER_SECOND);
            long rate = sender.rate();
            sender.finish();
            assertThat(sender.acknowledged()).isEqualTo(sender.sent());
            await("all jobs ended").until(() -> counts(queue).path("succeeded").asInt() >= sender.sent());

            Set<String> seen = new HashSet<>();
            forEachJob(queue, "succeeded", job -> {
                assertThat(job.path("attempt").asInt()).isEqualTo(1);
                assertThat(seen.add(job.path("id").asText()))
                        .as("%s is there twice", job.path("id"))
                        .isTrue();
            });
            assertThat(seen).hasSize(sender.sent());
            REPORT.grown(sender.sent(), rate, sender.failed(), sender.slowest());
        }
    }

    @Test
    void workIsEvenAndADeadShardHoldsUpItsShareAlone() {
        QueueName queue = spreadEvenly();
        put(queue, PARTITIONS);
        try (SteadySender sender = new SteadySender(instances, queue.value(), PER_SECOND)) {
            await("jobs").until(() -> sender.acknowledged() >= JOBS);
            sender.finish();
            await("all jobs ended").until(() -> counts(queue).path("succeeded").asInt() == sender.sent());
            List<Double> shares = shares(queue);
            assertThat(shares).allSatisfy(PartitionsIT::isEven);
            REPORT.even(shares);
        }
        int before = counts(queue).path("succeeded").asInt();
        // It has what the queue was before it was partitioned, which is nothing: so no id is sought there.
        RedisNode primary = redis.primaryOf(new RedisKeys(queue).base());
        RedisNode replica = redis.replicaOf(primary);
        primary.freeze(true);
        replica.freeze(true);
        try (SteadySender sender = new SteadySender(instances, queue.value(), 60, "during")) {
            await("a share of the jobs").until(() -> sender.acknowledged() > 150);
            // None of those is held up: all that were taken belong to the others.
            int alive = sender.acknowledged();
            primary.freeze(false);
            replica.freeze(false);
            sender.finish();
            await("all jobs ended").until(() -> counts(queue).path("succeeded").asInt() >= before + sender.sent());
            REPORT.deadShard(alive, sender.waitingAtMost());
        } finally {
            primary.freeze(false);
            replica.freeze(false);
        }
    }

    @Test
    @Tag("chaos")
    void jobOfAQueueWithPartitionsCostsRedisAtMostATenthMore() throws InterruptedException {
        List<QueueName> wholes = onePerNode();
        QueueName parts = spreadEvenly();
        put(parts, PARTITIONS);
        double[] made = costs(wholes, parts, false);
        List<Double> shares = shares(parts);
        double[] chosen = costs(wholes, parts, true);
        REPORT.cost(made, chosen);
        REPORT.evenByTurns(shares);
        assertThat(shares).allSatisfy(PartitionsIT::isEven);
        assertThat(made[1] / made[0]).isLessThanOrEqualTo(MOST_COST);
    }

    /**
     * Of queues without partitions, one after the other, and of one that has them: seconds of CPU a job, without what the nodes use anyway. The
     * former are one on each node, as they would cost less where wake-ups arrive late, so that jobs share claims.
     */
    private static double[] costs(List<QueueName> wholes, QueueName parts, boolean idsChosen)
            throws InterruptedException {
        // Neither is to pay for what is done once.
        for (QueueName whole : wholes) {
            cost(whole, idsChosen, 0);
        }
        cost(parts, idsChosen, 0);
        double ofWhole = 0;
        double ofParts = 0;
        for (QueueName whole : wholes) {
            double idle = idle();
            double one = cost(whole, idsChosen, idle);
            double other = cost(parts, idsChosen, idle);
            System.out.printf("Redis CPU a job: %.0f µs, with partitions %.0f µs%n", 1e6 * one, 1e6 * other);
            ofWhole += one / wholes.size();
            ofParts += other / wholes.size();
        }
        return new double[] {ofWhole, ofParts};
    }

    /** Seconds of CPU a second. */
    private static double idle() throws InterruptedException {
        long begin = System.nanoTime();
        double before = cpu();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS);
        return (cpu() - before) / seconds(begin);
    }

    /** Seconds of CPU of all nodes a job, from its enqueue to its end, without what they use anyway. */
    private static double cost(QueueName queue, boolean idsChosen, double idle) {
        long begin = System.nanoTime();
        double before = cpu();
        double finished = finished(queue);
        String ids = idsChosen ? "round-" + ++rounds : null;
        try (SteadySender sender = new SteadySender(instances, queue.value(), PER_SECOND, ids)) {
            await("jobs").until(() -> sender.acknowledged() >= JOBS);
            sender.finish();
            // Without a look into Redis, which would be counted.
            await("all jobs ended").until(() -> finished(queue) - finished >= sender.sent());
            return (cpu() - before - idle * seconds(begin)) / sender.sent();
        }
    }

    private static double cpu() {
        return redis.nodes().stream().mapToDouble(RedisNode::cpuSeconds).sum();
    }

    private static double finished(QueueName queue) {
        return instances.stream()
                .flatMap(each -> each.get("/q/metrics").lines())
                .filter(line ->
                        line.startsWith("mainstay_jobs_finished_total{") && line.contains("queue=\"" + queue + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Names of queues without partitions. */
    private static List<QueueName> onePerNode() {
        Map<RedisNode, QueueName> byNode = new HashMap<>();
        for (int i = 0; byNode.size() < 3; i++) {
            QueueName name = new QueueName("whole-" + i);
            byNode.putIfAbsent(redis.primaryOf(new RedisKeys(name).base()), name);
        }
        return List.copyOf(byNode.values());
    }

    /** A name of which as many partitions lie on one node as on the next. */
    private static QueueName spreadEvenly() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> new QueueName("even-" + i))
                .filter(name -> byNode(name).values().stream().allMatch(parts -> parts.size() == PARTITIONS / 3))
                .findFirst()
                .orElseThrow();
    }

    private static Map<RedisNode, List<QueueName>> byNode(QueueName queue) {
        Map<RedisNode, List<QueueName>> byNode = new HashMap<>();
        Layout.parts(queue, PARTITIONS).forEach(part -> byNode.computeIfAbsent(
                        redis.primaryOf(new RedisKeys(part).base()), none -> new ArrayList<>())
                .add(part));
        return byNode;
    }

    /** Of the nodes, in the ended jobs of a queue: 1 is even. */
    private static List<Double> shares(QueueName queue) {
        long[] jobs = byNode(queue).values().stream()
                .mapToLong(
                        parts -> parts.stream().mapToLong(PartitionsIT::jobsIn).sum())
                .toArray();
        double even = LongStream.of(jobs).average().orElseThrow();
        return LongStream.of(jobs).mapToObj(each -> each / even).toList();
    }

    private static void isEven(double share) {
        assertThat(share).isBetween(0.9, 1.1);
    }

    private static long jobsIn(QueueName place) {
        String ended = new RedisKeys(place).state(JobState.SUCCEEDED);
        return Long.parseLong(redis.primaryOf(ended).call("ZCARD", ended));
    }

    private static void resize(QueueName queue, int partitions) {
        put(queue, partitions);
        await(partitions + " partitions")
                .until(() -> policy(queue).path("state").asText().equals("settled"));
    }

    private static void put(QueueName queue, int partitions) {
        JsonNode answer = read(
                instances.get(0).put("/v1/queues/" + queue + "/policy", "{\"partitions\": %d}".formatted(partitions)));
        assertThat(answer.path("partitions").asInt()).as("%s", answer).isEqualTo(partitions);
    }

    private static JsonNode policy(QueueName queue) {
        return read(instances.get(1).get("/v1/queues/" + queue + "/policy"));
    }

    private static JsonNode counts(QueueName queue) {
        return read(instances.get(1).get("/v1/queues/" + queue)).path("counts");
    }

    private static void forEachJob(QueueName queue, String state, Consumer<JsonNode> check) {
        String cursor = "";
        do {
            String path = "/v1/queues/%s/jobs?state=%s&limit=200%s".formatted(queue, state, cursor);
            JsonNode page = read(instances.get(1).get(path));
            page.path("jobs").forEach(check);
            cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(text, e);
        }
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(DEADLINE)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .pollInterval(Duration.ofMillis(200));
    }
}
