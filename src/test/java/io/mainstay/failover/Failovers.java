package io.mainstay.failover;

import io.mainstay.job.QueueName;
import io.mainstay.process.RedisCluster;
import io.mainstay.process.RedisNode;
import io.mainstay.process.RedisSentinelSet;
import io.mainstay.redis.store.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.awaitility.Awaitility;

/** Faults that end with another node in charge. Redis can answer when it takes writes. */
final class Failovers {

    private static final Duration SWITCH_DEADLINE = Duration.ofSeconds(30);
    private static final int ELSEWHERE_PER_SECOND = 50;
    private static final Duration UNHARMED = Duration.ofMillis(Math.round(500 * FailoverIT.SLACK));

    private Failovers() {}

    static Fault<Sentinels> primaryKilled() {
        return trial -> {
            RedisSentinelSet redis = trial.site().redis();
            redis.awaitCalm();
            RedisNode before = redis.primary();
            before.kill();
            Instant answerable = trial.site().awaitPromotionFrom(before);
            // Back any sooner it would call itself primary, under the address that sentinels still name, and take
            // writes.
            Awaitility.await("every sentinel names the new primary")
                    .atMost(SWITCH_DEADLINE)
                    .until(() -> redis.sentinels().stream().noneMatch(sentinel -> sentinel.call(
                                    "SENTINEL", "GET-MASTER-ADDR-BY-NAME", RedisSentinelSet.MASTER_NAME)
                            .endsWith("\n" + before.port())));
            before.restart();
            return answerable;
        };
    }

    static Fault<Sentinels> sentinelFailover() {
        return trial -> {
            RedisSentinelSet redis = trial.site().redis();
            redis.awaitCalm();
            RedisNode before = redis.primary();
            redis.failOver();
            return trial.site().awaitPromotionFrom(before);
        };
    }

    static Fault<Sentinels> failoverTo() {
        return trial -> {
            RedisNode before = trial.site().redis().primary();
            trial.site().redis().handOver();
            return trial.site().awaitPromotionFrom(before);
        };
    }

    /** A primary is killed, while jobs flow in a queue of another shard too: they must not notice. */
    static Fault<Shards> shardPrimaryKilled() {
        return trial -> {
            Shards site = trial.site();
            RedisNode before = site.primaryOf(trial.queue());
            String elsewhere = site.queueElsewhereThan(before, trial.queue());
            StoredJobs jobs = new StoredJobs(() -> site.primaryOf(elsewhere), elsewhere);
            warm(site, site.queueElsewhereThan(before, trial.queue() + "-warm"));
            try (Traffic traffic = new Traffic(site.front(), elsewhere, ELSEWHERE_PER_SECOND, "")) {
                Awaitility.await("jobs flow on another shard")
                        .atMost(Lab.LONG_ENOUGH)
                        .until(() -> jobs.count("succeeded") > 0);
                site.redis().failOver(before);
                Instant answerable = Instant.now();
                before.restart();
                complainOfHarm(trial, jobs, traffic.end());
                return answerable;
            }
        };
    }

    /** What the first requests on a shard take, before the fault, is no harm done by it. */
    private static void warm(Shards site, String queue) {
        StoredJobs jobs = new StoredJobs(() -> site.primaryOf(queue), queue);
        try (Traffic traffic = new Traffic(site.front(), queue, ELSEWHERE_PER_SECOND, "")) {
            Awaitility.await("jobs flow at all")
                    .atMost(Lab.LONG_ENOUGH)
                    .until(() -> jobs.count("succeeded") >= ELSEWHERE_PER_SECOND);
            traffic.end();
        }
    }

    private static void complainOfHarm(Trial<?> trial, StoredJobs jobs, List<Answer> answers) {
        Duration slowest =
                answers.stream().map(Answer::took).max(Duration::compareTo).orElseThrow();
        Duration longestWait = jobs.longestWait();
        System.out.printf(
                "on another shard: %d requests, slowest answer %s, longest start delay %s%n",
                answers.size(), slowest, longestWait);
        trial.complainUnless(answers.stream().allMatch(Answer::acknowledged), "requests failed on another shard");
        trial.complainUnless(slowest.compareTo(UNHARMED) < 0, "answer on another shard took " + slowest);
        trial.complainUnless(longestWait.compareTo(UNHARMED) < 0, "job on another shard waited " + longestWait);
    }

    /** The queue's slot goes to another shard while jobs flow. */
    static Fault<Shards> slotsMoved() {
        return trial -> {
            RedisCluster redis = trial.site().redis();
            int slot = redis.slotOf(new RedisKeys(new QueueName(trial.queue())).base());
            RedisNode from = trial.site().primaryOf(trial.queue());
            RedisNode to = redis.nodes().stream()
                    .filter(node -> node != from && node.call("ROLE").startsWith("master"))
                    .findFirst()
                    .orElseThrow();
            redis.move(slot, slot, from, to);
            return Instant.now();
        };
    }
}
