package io.mainstay.redis.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.Lease;
import io.mainstay.job.QueueName;
import io.mainstay.queue.JobDraft;
import io.mainstay.queue.LimitsDraft;
import io.mainstay.queue.Rate;
import io.mainstay.queue.Retention;
import io.mainstay.queue.Settlement;
import io.mainstay.queue.SomeClaim;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.RedisServerForTests;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits and pauses on the wire: what a lost answer does, and who is told that there is room again. */
class LimitsOnRedisTest {

    private static final QueueName QUEUE = new QueueName("q");
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Rate TWO_AN_HOUR = new Rate(2, Duration.ofHours(1));

    private FaultyProxy proxy;
    private RedisUnderTest redis;

    @BeforeEach
    void open() {
        proxy = new FaultyProxy(URI.create(RedisServerForTests.address()).getPort());
        redis = RedisUnderTest.withOneLink(proxy.address());
    }

    @AfterEach
    void close() {
        redis.close();
        proxy.close();
    }

    @Test
    void handlerIsPausedAndResumedThoughAnswersAreLost() {
        enqueue("a");
        HandlerName handler = JobDraft.job(QUEUE, "a").handler();
        proxy.loseAnswers(1);
        await(redis.jobs().setPaused(QUEUE, handler, true));
        assertThat(claim("paused", 1)).isEmpty();

        proxy.loseAnswers(1);
        await(redis.jobs().setPaused(QUEUE, handler, false));
        assertThat(claim("resumed", 1)).hasSize(1);
    }

    @Test
    void groupsAreGoneThroughInBoundedSteps() {
        int groups = 2000;
        holdGroups(groups);
        redis.send(Request.cmd(Command.CONFIG).arg("RESETSTAT"));
        proxy.loseAnswers(1);

        limit(LimitsDraft.NONE.groupConcurrency(2).groupRate(new Rate(1_000_000, Duration.ofSeconds(1))));

        String stats = redis.send(Request.cmd(Command.INFO).arg("commandstats")).toString();
        assertThat(stats).doesNotContain("cmdstat_hkeys", "cmdstat_zunionstore");
        assertThat(calls(stats, "evalsha") + calls(stats, "eval")).isGreaterThan(groups / 400);
        assertThat(allThatMayStart()).isEqualTo(groups);
    }

    @Test
    void limitsThatWereSetHalfwayAreGoneOnWith() {
        int groups = 600;
        holdGroups(groups);
        RedisKeys keys = new RedisKeys(QUEUE);
        List<String> args = new ArrayList<>(List.of(keys.jobPrefix(), RedisKeys.WAKE_CHANNEL, QUEUE.value(), ""));
        args.addAll(LimitsText.write(
                LimitsPatch.all(LimitsDraft.NONE.groupConcurrency(2).build())));
        String next = await(redis.calls().run(Script.LIMIT, List.of(keys.meta(), keys.state(JobState.READY)), args))
                .toString();
        assertThat(next).isNotEmpty();

        Retention none = new Retention(JobState.SUCCEEDED, Duration.ofHours(1), 100, 100);
        for (int i = 0; i < groups / 50; i++) {
            await(redis.leases().prune(QUEUE, none));
        }

        assertThat(allThatMayStart()).isEqualTo(groups);
        assertThat(redis.send(Request.cmd(Command.HEXISTS).arg(keys.meta()).arg("limiting"))
                        .toInteger())
                .isZero();
    }

    /** Each with one job that runs and one that waits: for that one, and for the rate. */
    private void holdGroups(int groups) {
        List<CompletableFuture<?>> enqueues = new ArrayList<>();
        limit(LimitsDraft.NONE.groupConcurrency(1).groupRate(new Rate(1, Duration.ofHours(1))));
        for (int i = 0; i < 2 * groups; i++) {
            enqueues.add(redis.jobs()
                    .enqueue(JobDraft.job(QUEUE, "n-" + i)
                            .group("g-" + i % groups)
                            .build())
                    .subscribeAsCompletionStage());
        }
        enqueues.forEach(CompletableFuture::join);
        int running = 0;
        for (int i = 0; running < groups; i++) {
            assertThat(i).isLessThan(groups);
            running += claim("t-" + i, 500).size();
        }
        assertThat(claim("none", 500)).isEmpty();
    }

    private int allThatMayStart() {
        int started = 0;
        for (int i = 0; i < 100; i++) {
            started += claim("again-" + i, 500).size();
        }
        return started;
    }

    private static long calls(String stats, String command) {
        return stats.lines()
                .filter(line -> line.startsWith("cmdstat_" + command + ":calls="))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^=]*=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void repeatedClaimTakesNoFurtherTokens() {
        limit(LimitsDraft.NONE.rate(TWO_AN_HOUR).groupRate(TWO_AN_HOUR));
        enqueue("a", "b", "c");

        proxy.loseAnswers(1);
        assertThat(claim("first", 1)).hasSize(1);
        assertThat(claim("second", 2)).hasSize(1);
        assertThat(claim("third", 2)).isEmpty();
    }

    @Test
    void repeatedReportGivesASlotBackOnce() {
        limit(LimitsDraft.NONE.groupConcurrency(1));
        enqueue("a", "b", "c");
        assertThat(claim("first", 1)).hasSize(1);

        proxy.loseAnswers(1);
        complete("a", "first");
        assertThat(claim("second", 3)).hasSize(1);
        assertThat(claim("third", 3)).isEmpty();
    }

    /** Workers leave a queue at its limit alone; without this they would come back by polling only. */
    @Test
    void slotThatIsFreeAgainIsAnnounced() {
        limit(LimitsDraft.NONE.concurrency(1));
        enqueue("a", "b");
        claim("first", 1);
        assertThat(announcedBy(() -> complete("a", "first"))).containsExactly("q/echo");

        limit(LimitsDraft.NONE.groupConcurrency(1));
        claim("second", 1);
        enqueue("c");
        assertThat(announcedBy(() -> complete("b", "second"))).containsExactly("q/echo");
        assertThat(announcedBy(() -> limit(LimitsDraft.NONE))).containsExactly("q");
    }

    @Test
    void endOfAJobThatHeldNobodyUpIsNotAnnounced() {
        limit(LimitsDraft.NONE.concurrency(2).groupConcurrency(2));
        enqueue("a", "b");
        claim("first", 1);

        assertThat(announcedBy(() -> complete("a", "first"))).isEmpty();
    }

    private List<String> announcedBy(Runnable act) {
        List<String> announced = redis.listen(RedisKeys.WAKE_CHANNEL);
        act.run();
        redis.send(Request.cmd(Command.PUBLISH).arg(RedisKeys.WAKE_CHANNEL).arg("the end"));
        Awaitility.await().atMost(DEADLINE).until(() -> announced.contains("the end"));
        return announced.subList(0, announced.indexOf("the end"));
    }

    private void limit(LimitsDraft limits) {
        await(redis.jobs().setLimits(QUEUE, limits.build()));
    }

    /** All of one group. */
    private void enqueue(String... ids) {
        for (String id : ids) {
            await(redis.jobs().enqueue(JobDraft.job(QUEUE, id).group("tenant").build()));
        }
    }

    private List<Job> claim(String token, int max) {
        return await(redis.leases().claim(SomeClaim.of(QUEUE, "me", token, max, Duration.ofMinutes(1))))
                .jobs();
    }

    private void complete(String id, String token) {
        Settlement success = new Settlement.Complete(new Lease(new JobId(id), token), Optional.empty());
        await(redis.leases().settle(QUEUE, List.of(success)));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(DEADLINE);
    }
}
