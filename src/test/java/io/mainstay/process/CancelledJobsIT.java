package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.TimedTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;

/** A job that runs on one instance is cancelled through another. Leases are so long that they tell nobody in time. */
class CancelledJobsIT {

    private static final Logger LOG = Logger.getLogger(CancelledJobsIT.class);
    private static final Duration LIMIT = Duration.ofSeconds(1);
    /** Long before the leases of these tests end. */
    private static final Duration DEADLINE = Duration.ofSeconds(40);

    private static final int ROUNDS = 10;

    private final RedisNode redis = RedisNode.start().awaitUp();
    private ServiceProcess working;
    private ServiceProcess asked;

    @AfterEach
    void stop() {
        working.close();
        asked.close();
        redis.close();
    }

    @TimedTest
    void handlerIsToldWithinASecondThroughTheSubscription() {
        start();

        LOG.infof("Cancelled to told, with hints: %s", cancelSome());
    }

    @TimedTest
    void handlerIsToldWithinASecondThoughNothingCanBeSubscribedTo() {
        redis.call("ACL", "SETUSER", "default", "-subscribe");
        start();

        LOG.infof("Cancelled to told, without hints: %s", cancelSome());
        assertThat(redis.call("PUBSUB", "NUMSUB", "ms:wake")).contains("0");
    }

    private void start() {
        Map<String, String> work = Map.of("mainstay.handlers.demo", "true", "mainstay.lease.duration", "PT10M");
        working = new ServiceProcess(redis.address(), work);
        asked = new ServiceProcess(
                redis.address(), Map.of("mainstay.handlers.demo", "true", "mainstay.worker.enabled", "false"));
        working.awaitReady();
        asked.awaitReady();
    }

    /** @return how long each took, in milliseconds, shortest first */
    private List<Long> cancelSome() {
        List<Long> took = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String job = "/v1/queues/q/jobs/job-" + round;
            asked.post(
                    "/v1/queues/q/jobs",
                    "{\"id\":\"job-%d\",\"handler\":\"sleep\",\"payload\":{\"duration\":\"PT5M\"}}".formatted(round));
            Awaitility.await().atMost(DEADLINE).until(() -> asked.get(job).contains("\"state\":\"running\""));
            Awaitility.await().atMost(DEADLINE).until(() -> working.metric("mainstay_worker_busy") >= 1);
            long start = System.nanoTime();
            assertThat(asked.delete(job)).contains("\"state\":\"cancelled\"");
            Awaitility.await("the handler is told")
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(DEADLINE)
                    .until(() -> working.metric("mainstay_worker_busy") == 0);
            took.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
        }
        Collections.sort(took);
        // The median: a crowded machine may hold up a process for longer than that now and then.
        assertThat(took.get(ROUNDS / 2)).isLessThan(LIMIT.toMillis());
        return took;
    }
}
