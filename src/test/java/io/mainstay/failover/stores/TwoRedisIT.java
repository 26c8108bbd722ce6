package io.mainstay.failover.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.failover.stores.MirroredFlow.Step;
import io.mainstay.process.ServiceProcess;
import io.mainstay.process.SteadyEnqueues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Mirrored queues under one fault of two Redis at a time. Each test is a row of docs/failover.md. */
@Tag("measuring")
@Tag("chaos")
class TwoRedisIT {

    static final boolean RECORDED = System.getProperty("failover.record") != null;
    static final boolean FULL = RECORDED || Boolean.getBoolean("mainstay.critical.full");
    static final int JOBS_PER_SECOND = Integer.getInteger("mainstay.critical.rate", FULL ? 500 : 50);
    static final Duration HOLD = Duration.ofSeconds(5);

    private static final Duration AWAY = FULL ? Duration.ofMinutes(2) : Duration.ofSeconds(9);
    private static final Duration OLDER = FULL ? Duration.ofSeconds(60) : Duration.ofSeconds(3);
    private static final Duration BOTH_AWAY = Duration.ofSeconds(10);
    private static final Duration A_WHILE = Duration.ofSeconds(2);
    private static final int HEALTHY_JOBS = FULL ? 100_000 : 500;

    private static final TwoRedisReport REPORT = new TwoRedisReport();
    private static TwoRedis site;

    @BeforeAll
    static void startAll() throws Exception {
        site = new TwoRedis();
        // What the first requests to an instance take is no harm done by a fault.
        flow("none").send(A_WHILE.multipliedBy(2));
    }

    @AfterAll
    static void endAll() {
        site.close();
        if (RECORDED) {
            REPORT.write();
        }
    }

    @Test
    void noJobRunsTwiceWhileBothAreHealthy() throws Exception {
        MirroredFlow flow = flow("none, over %,d jobs".formatted(HEALTHY_JOBS));
        flow.under(Duration.ofSeconds(HEALTHY_JOBS / JOBS_PER_SECOND), () -> {}, () -> {});

        held(flow.runsOnce().startsInTime());
    }

    @Test
    void everyAcknowledgedJobRunsThoughTheFirstIsKilledAndItsDataDeleted() throws Exception {
        MirroredFlow flow = flow("first killed, back without its data");
        flow.under(AWAY, () -> site.first().kill(), () -> site.first().restartEmpty());

        held(flow.startsInTime());
    }

    @Test
    void everyAcknowledgedJobRunsThoughTheFirstIsAway() throws Exception {
        MirroredFlow flow = flow("first killed, back with its data");
        flow.under(AWAY, () -> site.first().kill(), () -> site.first().restart());

        held(flow.startsInTime());
    }

    @Test
    void everyAcknowledgedJobRunsThoughTheFirstIsSilent() throws Exception {
        MirroredFlow flow = flow("first silent: connections are accepted and never answered");
        flow.under(AWAY, () -> site.toFirst().forEach(TwoRedis::silence), () -> site.toFirst()
                .forEach(way -> way.strandConnections(false)));

        held(flow.startsInTime());
    }

    @Test
    void everyAcknowledgedJobRunsThoughTheFirstIsSlow() throws Exception {
        MirroredFlow flow = flow("first slow: every answer 1 s late");
        flow.under(
                AWAY, () -> site.toFirst().forEach(way -> way.delayAnswers(Duration.ofSeconds(1))), () -> site.toFirst()
                        .forEach(way -> way.delayAnswers(Duration.ZERO)));

        held(flow);
    }

    @Test
    void noCopyStartsWhileOneInstanceReachesTheOwner() throws Exception {
        MirroredFlow flow = flow("one of two instances cut off from the first");
        flow.under(AWAY, () -> TwoRedis.silence(site.toFirst().get(0)), () -> site.toFirst()
                .get(0)
                .strandConnections(false));

        held(flow.runsOnce());
    }

    @Test
    void nothingIsFeltOfTheSecondBeingAwayButItsMetric() throws Exception {
        MirroredFlow flow = flow("second killed, back without its data");
        SteadyEnqueues sender = flow.under(AWAY, () -> site.second().kill(), () -> {
            flow.row()
                    .promise(
                            site.metric("mainstay_store_ready", "store=\"second\"") == 0,
                            "mainstay_store_ready is still 1")
                    .promise(statusOfAll("/q/health/ready", 200), "instances are not ready");
            site.second().restartEmpty();
        });

        flow.row().promise(sender.refusals().isEmpty(), "requests were refused: " + sender.refusals());
        held(flow.runsOnce().startsInTime());
    }

    @Test
    void bothAwayIsSaidAndThenAllOfItWorksAgain() throws Exception {
        MirroredFlow flow = flow("both killed, back after %d s with their data".formatted(BOTH_AWAY.toSeconds()));
        SteadyEnqueues before = flow.send(A_WHILE);
        site.second().kill();
        site.first().kill();
        TwoRedis.eventually("not ready", () -> assertThat(statusOfAll("/q/health/ready", 503))
                .isTrue());
        for (ServiceProcess each : site.instances()) {
            String answer = each.post("/v1/queues/" + flow.queue() + "/jobs", "{\"handler\": \"echo\"}");
            flow.row().promise(answer.contains("store-unavailable"), "an enqueue was not answered with 503");
        }
        flow.row().promise(statusOfAll("/q/health/live", 200), "instances are not live");
        TimeUnit.MILLISECONDS.sleep(BOTH_AWAY.toMillis());
        site.first().restart();
        site.second().restart();
        site.instances().forEach(ServiceProcess::awaitReady);
        flow.agree(before);
        flow.under(BOTH_AWAY, () -> {}, () -> {});

        held(flow.runsOnce().startsInTime());
    }

    @Test
    void noJobThatEndedRunsAgainThoughTheFirstIsBackOlderAfterATakeover() throws Exception {
        MirroredFlow flow = flow("first back after %d s with data %d s older, other store took over"
                .formatted(HOLD.multipliedBy(4).toSeconds(), OLDER.toSeconds()));
        backOlder(flow, () -> {
            site.first().kill();
            flow.send(HOLD.multipliedBy(4));
            site.awaitIdle(flow.queue());
        });
    }

    @Test
    void noJobThatEndedRunsAgainThoughTheFirstIsBackOlderAtOnce() throws Exception {
        backOlder(flow("first back at once with data %d s older".formatted(OLDER.toSeconds())), () -> {});
    }

    /** The fault strikes when no job is left, so that each run afterwards of one that is there already is one too many. */
    private static void backOlder(MirroredFlow flow, Step before) throws Exception {
        Path dump = Files.createTempFile("mainstay-older-", ".rdb");
        try {
            site.first().dumpTo(dump);
            SteadyEnqueues sender = flow.under(OLDER, () -> {}, () -> {});
            before.run();
            long finished = flow.finished();
            site.first().restartFrom(dump);
            site.awaitWhole(flow.queue());
            site.awaitIdle(flow.queue());
            SteadyEnqueues next = flow.send(A_WHILE);
            flow.agree(next);
            flow.agree(sender);
            long again = flow.finished() - finished - next.acknowledged().size();
            flow.row().promise(again == 0, "%d jobs that had ended ran again".formatted(again));
            held(flow);
        } finally {
            Files.delete(dump);
        }
    }

    private static boolean statusOfAll(String path, int status) {
        return site.instances().stream().allMatch(each -> each.status(path) == status);
    }

    private static MirroredFlow flow(String fault) {
        return new MirroredFlow(site, site.mirroredQueue(HOLD), HOLD, JOBS_PER_SECOND, fault);
    }

    private static void held(MirroredFlow flow) {
        REPORT.add(flow.row());
        System.out.println(flow.row());
        assertThat(flow.row().broken()).as("%s", flow.row()).isEmpty();
    }
}
