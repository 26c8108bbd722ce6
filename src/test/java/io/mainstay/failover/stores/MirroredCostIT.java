package io.mainstay.failover.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.job.QueueName;
import io.mainstay.process.SteadyEnqueues;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a mirrored job costs both Redis over its whole life: enqueue, copy, claim, end, and that the other store is told. */
@Tag("measuring")
@Tag("chaos")
class MirroredCostIT {

    private static final double LIMIT = 2.5;
    private static final int PER_SECOND = TwoRedisIT.JOBS_PER_SECOND;
    private static final Duration LASTS = Duration.ofSeconds(TwoRedisIT.FULL ? 20 : 5);
    private static final int ROUNDS = TwoRedisIT.FULL ? 3 : 1;

    private static TwoRedis site;
    private int senders;

    @BeforeAll
    static void startAll() {
        site = new TwoRedis();
    }

    @AfterAll
    static void endAll() {
        site.close();
    }

    @Test
    void mirroredJobCostsAtMostTwoAndAHalfTimesAsMuchAsAnOrdinaryOne() throws Exception {
        QueueName plain = new QueueName("plain");
        QueueName mirrored = site.mirroredQueue(TwoRedisIT.HOLD);
        // Neither is to pay for what is done once.
        cost(plain, 0);
        cost(mirrored, 0);
        double ofPlain = 0;
        double ofMirrored = 0;
        for (int i = 0; i < ROUNDS; i++) {
            double idle = idle();
            ofPlain += cost(plain, idle);
            ofMirrored += cost(mirrored, idle);
        }
        String measured = String.format(
                Locale.ROOT,
                "%.2f: %.0f and %.0f µs",
                ofMirrored / ofPlain,
                1e6 * ofMirrored / ROUNDS,
                1e6 * ofPlain / ROUNDS);
        System.out.println("CPU of both Redis a job, mirrored against ordinary: " + measured);
        if (TwoRedisIT.RECORDED) {
            TwoRedisReport report = new TwoRedisReport();
            report.figure(
                    "CPU of both Redis for the whole life of a mirrored job, against that of an ordinary one, at %d a second"
                            .formatted(PER_SECOND),
                    measured,
                    "2.5");
            report.write();
        }
        assertThat(ofMirrored / ofPlain).isLessThanOrEqualTo(LIMIT);
    }

    /** Seconds of CPU a second. */
    private static double idle() throws InterruptedException {
        long begin = System.nanoTime();
        double before = site.cpu();
        TimeUnit.MILLISECONDS.sleep(LASTS.toMillis());
        return (site.cpu() - before) / seconds(begin);
    }

    /** Seconds of CPU a job, without what Redis uses anyway. */
    private double cost(QueueName queue, double idle) throws InterruptedException {
        long begin = System.nanoTime();
        double before = site.cpu();
        MirroredJobs jobs = new MirroredJobs(site.first(), site.second(), queue);
        try (SteadyEnqueues sender =
                new SteadyEnqueues(site.instances(), queue.value(), "job-" + ++senders + "-").begin(PER_SECOND)) {
            TimeUnit.MILLISECONDS.sleep(LASTS.toMillis());
            sender.stop();
            site.awaitIdle(queue);
            TwoRedis.eventually("both know", () -> assertThat(jobs.left()).containsOnly(MirroredJobs.NOTHING));
            assertThat(sender.availability()).isEqualTo(1);
            return (site.cpu() - before - idle * seconds(begin)) / sender.sent();
        }
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
