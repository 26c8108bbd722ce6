package io.mainstay.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mainstay.machine.TimedTest;
import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;

/**
 * Instances come and go as the service asks for them, while the load makes a step up and one down. By default to three
 * instances and back; with {@code -Pchaos} to eight, with the table of docs/scaling.md.
 */
@Tag("measuring")
class ScalingIT {

    private static final boolean LONG = Boolean.getBoolean("mainstay.chaos");
    private static final int MOST = LONG ? 8 : 3;
    private static final int CONCURRENCY = 4;
    private static final Duration JOB = Duration.ofMillis(500);
    private static final Duration OBJECTIVE = Duration.ofSeconds(5);
    private static final int CALM = 4;
    private static final int STEP = LONG ? 40 : 16;
    private static final Duration STEP_LENGTH = Duration.ofSeconds(LONG ? 90 : 20);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration LINE = Duration.ofSeconds(5);
    /** Five minutes and one in the manifest; here a test waits for it. */
    private static final Duration WINDOW = Duration.ofSeconds(LONG ? 20 : 8);

    private static final Duration HALF_EVERY = Duration.ofSeconds(LONG ? 10 : 3);
    private static final String QUEUE = "scaled";

    private record Line(long at, int perSecond, long waiting, long running, long desired, int replicas) {}

    private final List<Line> lines = new ArrayList<>();

    @TimedTest
    void instancesFollowAStepUpAndDownAndNoJobIsLostOrTriedTwice() throws Exception {
        try (RedisNode redis = RedisNode.start().awaitUp();
                Autoscaler scaler = new Autoscaler(() -> instance(redis), MOST, WINDOW, HALF_EVERY);
                SteadyLoad load = new SteadyLoad(scaler.first(), QUEUE, JOB)) {
            load.rate(CALM);
            run(scaler, CALM, Duration.ofSeconds(5));
            assertThat(scaler.replicas()).isEqualTo(1);

            load.rate(STEP);
            run(scaler, STEP, STEP_LENGTH);
            assertThat(scaler.replicas()).isGreaterThanOrEqualTo(Math.min(MOST, STEP / 8));

            load.rate(CALM);
            Awaitility.await("scaled in")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(TICK)
                    .until(() -> {
                        tick(scaler, CALM);
                        return scaler.replicas() == 1;
                    });
            scaler.awaitLeft();
            long sent = load.end();
            Awaitility.await("all ended")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> EndedJobs.count(redis, QUEUE) == sent);

            EndedJobs ended = EndedJobs.of(redis, QUEUE);
            report(ended);
            assertThat(ended.triedTwice()).isZero();
            long stepped = lines.stream()
                    .filter(line -> line.perSecond == STEP)
                    .findFirst()
                    .orElseThrow()
                    .at;
            long settled = stepped + STEP_LENGTH.toMillis() * 2 / 3;
            // Once the instances are there, that is: starting them takes the machine longer than the objective.
            assertThat(ended.startDelay99(settled, stepped + STEP_LENGTH.toMillis()))
                    .isLessThan(OBJECTIVE.toSeconds());
        }
    }

    private void run(Autoscaler scaler, int perSecond, Duration time) throws InterruptedException {
        // This is the length of the load, not a wait for something to happen.
        for (long left = time.toMillis(); left > 0; left -= TICK.toMillis()) {
            Thread.sleep(TICK.toMillis());
            tick(scaler, perSecond);
        }
    }

    private void tick(Autoscaler scaler, int perSecond) {
        JsonNode answer = scaler.step();
        JsonNode queue = answer.path("queues").path(0);
        lines.add(new Line(
                System.currentTimeMillis(),
                perSecond,
                queue.path("waiting").asLong(),
                queue.path("running").asLong(),
                answer.path("desiredReplicas").asLong(),
                scaler.replicas()));
    }

    private void report(EndedJobs ended) {
        System.out.println("| s | jobs/s | waiting | running | desired | instances | start delay p99, s |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
        Line first = lines.get(0);
        long next = first.at;
        for (Line line : lines) {
            if (line.at >= next) {
                next += LINE.toMillis();
                System.out.printf(
                        "| %d | %d | %d | %d | %d | %d | %.2f |%n",
                        (line.at - first.at) / 1000,
                        line.perSecond,
                        line.waiting,
                        line.running,
                        line.desired,
                        line.replicas,
                        ended.startDelay99(line.at, line.at + LINE.toMillis()));
            }
        }
    }

    private static ServiceProcess instance(RedisNode redis) {
        return new ServiceProcess(
                redis.address(),
                Map.of(
                        "mainstay.handlers.demo",
                        "true",
                        "mainstay.worker.concurrency",
                        Integer.toString(CONCURRENCY),
                        "mainstay.scaling.start-delay",
                        OBJECTIVE.toString(),
                        "mainstay.retention.succeeded.max-count",
                        "100000"));
    }
}
