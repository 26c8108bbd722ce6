package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.process.RedisNode;
import io.mainstay.queue.ClaimRequest;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.LimitsDraft;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.route.Served;
import io.mainstay.queue.route.TargetRoom;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a claim of ten jobs costs Redis, by its own count, is about the same whatever waits. Prints the figures that
 * docs/priorities-groups-and-rate-limits.md has, if it is run with {@code -Dmainstay.claim-cost.most=1000000}.
 */
@Tag("timed")
class ClaimCostTest {

    private static final Logger LOG = Logger.getLogger(ClaimCostTest.class);
    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int CLAIMED = 10;
    private static final int CLAIMS = 200;
    private static final int TOGETHER = 1000;
    private static final int FEW = 1000;
    private static final int MOST = Integer.getInteger("mainstay.claim-cost.most", 20_000);
    private static final int GROUPS = MOST / 100;

    private static RedisNode node;

    private RedisUnderTest redis;
    private TargetRoom unwanted = TargetRoom.UNLIMITED;
    private int enqueued;
    private int claims;

    @BeforeAll
    static void start() {
        node = RedisNode.start("appendonly no").awaitUp();
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
    }

    @BeforeEach
    void empty() {
        node.call("FLUSHALL");
    }

    @Test
    void backlogDoesNotMakeClaimsDearer() {
        assertBounded(i -> JobDraft.job(QUEUE, "plain-" + i), i -> JobDraft.job(QUEUE, "mixed-" + i)
                .priority(i % 10));
    }

    @Test
    void groupsDoNotMakeClaimsDearer() {
        assertBounded(
                i -> JobDraft.job(QUEUE, "one-group-" + i).group("tenant"),
                i -> JobDraft.job(QUEUE, "many-groups-" + i).group("tenant-" + i % GROUPS),
                i -> JobDraft.job(QUEUE, "in-order-" + i).inOrderOf("tenant-" + i % GROUPS));
    }

    /** As many groups as there are have a job running and may not start another: none of them is looked at. */
    @Test
    void groupsAtTheirLimitDoNotMakeClaimsDearer() {
        open(() -> {
            await(redis.jobs()
                    .setLimits(QUEUE, LimitsDraft.NONE.groupConcurrency(1).build()));
            fill(2 * GROUPS, i -> JobDraft.job(QUEUE, "held-" + i).group("tenant-" + i % GROUPS));
            List<Job> running = new ArrayList<>();
            while (running.size() < GROUPS) {
                running.addAll(claim(TOGETHER));
            }
            assertThat(claim(TOGETHER)).isEmpty();

            long behind = median(i -> JobDraft.job(QUEUE, "free-" + i));
            node.call("FLUSHALL");
            long alone = median(i -> JobDraft.job(QUEUE, "free-" + i));
            LOG.infof("Claim of %d, us: %d; behind %d groups at their limit: %d", CLAIMED, alone, GROUPS, behind);
            assertThat(behind).isLessThan(4 * alone);
        });
    }

    /** Jobs of a paused handler are a line that is not looked at. */
    @Test
    void jobsOfAPausedHandlerDoNotMakeClaimsDearer() {
        assertUnchangedBehind(
                i -> JobDraft.job(QUEUE, "paused-" + i).handledBy("mail"),
                () -> await(redis.jobs().setPaused(QUEUE, new HandlerName("mail"), true)));
    }

    @Test
    void jobsOfOtherHandlersDoNotMakeClaimsDearer() {
        assertUnchangedBehind(i -> JobDraft.job(QUEUE, "foreign-" + i).handledBy("foreign"), () -> {});
        assertUnchangedBehind(
                i -> JobDraft.job(QUEUE, "foreign-" + i).handledBy("foreign").group("tenant-" + i % GROUPS), () -> {});
        assertUnchangedBehind(
                i -> JobDraft.job(QUEUE, "foreign-" + i).handledBy("foreign").inOrderOf("tenant-" + i % GROUPS),
                () -> {});
    }

    @Test
    void targetsDoNotMakeClaimsDearer() {
        assertBounded(i -> JobDraft.job(QUEUE, "to-" + i).goingTo("http", "https://host-" + i % GROUPS + ":443"));
    }

    /** As many targets as a claimant may name want nothing, and have the oldest jobs. */
    @Test
    void targetsThatAreNotWantedAreLookedPast() {
        int most = TargetRoom.MOST;
        Map<String, Integer> dead = new HashMap<>();
        IntStream.range(0, most).forEach(i -> dead.put("https://dead-" + i + ":443", 0));
        unwanted = new TargetRoom(Integer.MAX_VALUE, dead);
        assertUnchangedBehind(
                i -> JobDraft.job(QUEUE, "dead-" + i).goingTo("http", "https://dead-" + i % most + ":443"), () -> {});
    }

    private void assertUnchangedBehind(IntFunction<JobDraft> front, Runnable before) {
        Map<Integer, Long> costs = new LinkedHashMap<>();
        for (int others : new int[] {unwanted.of().size() + 1, unwanted.of().size() + FEW, MOST}) {
            node.call("FLUSHALL");
            open(() -> {
                fill(others, front);
                before.run();
                costs.put(others, median(i -> JobDraft.job(QUEUE, "ours-" + i)));
            });
        }
        LOG.infof(
                "Claim of %d behind jobs like %s, us: %s",
                CLAIMED, front.apply(0).id(), costs);
        List<Long> each = List.copyOf(costs.values());
        assertThat(each.get(2)).isLessThan(2 * each.get(0));
    }

    @SafeVarargs
    private void assertBounded(IntFunction<JobDraft>... kinds) {
        for (IntFunction<JobDraft> kind : kinds) {
            Map<Integer, Long> costs = new LinkedHashMap<>();
            for (int backlog : new int[] {CLAIMED, FEW, MOST}) {
                node.call("FLUSHALL");
                open(() -> {
                    fill(backlog - CLAIMED, kind);
                    costs.put(backlog, median(kind));
                });
            }
            LOG.infof(
                    "Claim of %d from a backlog like %s, us: %s",
                    CLAIMED, kind.apply(0).id(), costs);
            assertThat(costs.get(MOST)).isLessThan(4 * costs.get(FEW));
        }
    }

    private void open(Runnable act) {
        try (RedisUnderTest opened = new RedisUnderTest(node.address(), Map.of())) {
            redis = opened;
            act.run();
        }
    }

    /** Claims many times and ends what it got, the backlog kept up. */
    private long median(IntFunction<JobDraft> kind) {
        List<Long> costs = new ArrayList<>();
        for (int i = 0; i < CLAIMS; i++) {
            fill(CLAIMED, kind);
            long before = micros();
            List<Job> jobs = claim(CLAIMED);
            costs.add(micros() - before);
            assertThat(jobs).isNotEmpty();
            await(redis.leases().settle(QUEUE, jobs.stream().map(this::success).toList()));
        }
        return costs.stream().sorted().skip(CLAIMS / 2).findFirst().orElseThrow();
    }

    private Settlement success(Job job) {
        return new Settlement.Complete(new Lease(job.id(), "t" + claims), Optional.empty());
    }

    private List<Job> claim(int most) {
        claims++;
        return await(redis.leases()
                        .claim(new ClaimRequest(
                                QUEUE,
                                "me",
                                "t" + claims,
                                most,
                                Duration.ofMinutes(10),
                                new Served(SomeClaim.HANDLERS, unwanted))))
                .jobs();
    }

    private void fill(int jobs, IntFunction<JobDraft> kind) {
        for (int left = jobs; left > 0; left -= TOGETHER) {
            int first = enqueued;
            enqueued += Math.min(left, TOGETHER);
            await(Multi.createFrom()
                    .range(first, enqueued)
                    .onItem()
                    .transformToUniAndMerge(
                            i -> redis.jobs().enqueue(kind.apply(i).build()))
                    .collect()
                    .asList());
        }
    }

    /** All that scripts took of Redis so far. */
    private long micros() {
        return redis.send(Request.cmd(Command.INFO).arg("commandstats"))
                .toString()
                .lines()
                .filter(line -> line.startsWith("cmdstat_evalsha:"))
                .map(line -> line.replaceAll(".*usec=(\\d+),.*", "$1").strip())
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(DEADLINE);
    }
}
