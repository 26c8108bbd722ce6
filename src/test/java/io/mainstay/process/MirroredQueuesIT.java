package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.machine.TimedTest;
import io.mainstay.redis.FaultyProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A mirrored queue, two instances and two Redis. In full length with {@code -Dmainstay.critical.full=true}: 500 jobs a second, two
 * minutes.
 */
class MirroredQueuesIT {

    private static final boolean FULL = Boolean.getBoolean("mainstay.critical.full");
    private static final int JOBS_PER_SECOND = Integer.getInteger("mainstay.critical.rate", FULL ? 500 : 100);
    private static final Duration AWAY = FULL ? Duration.ofMinutes(2) : Duration.ofSeconds(12);
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String QUEUE = "orders";
    private static final double AVAILABILITY = 0.999;

    private RedisNode first;
    private RedisNode second;
    private FaultyProxy toFirst;
    private FaultyProxy toSecond;
    private List<ServiceProcess> instances;

    @BeforeEach
    void start() {
        first = RedisNode.start().awaitUp();
        second = RedisNode.start().awaitUp();
        toFirst = new FaultyProxy(first.port());
        toSecond = new FaultyProxy(second.port());
        Map<String, String> config =
                Map.of("mainstay.handlers.demo", "true", "mainstay.stores.second.hosts", toSecond.address());
        instances =
                List.of(new ServiceProcess(toFirst.address(), config), new ServiceProcess(toFirst.address(), config));
        instances.forEach(ServiceProcess::awaitReady);
        instances.get(0).put("/v1/queues/" + QUEUE + "/policy", "{\"critical\": \"mirrored\", \"hold\": \"PT5S\"}");
        instances.forEach(
                each -> await().atMost(SOON).untilAsserted(() -> assertThat(each.get("/v1/queues/" + QUEUE + "/policy"))
                        .contains("mirrored")));
        instances.forEach(
                each -> await().atMost(SOON).untilAsserted(() -> assertThat(each.metric("mainstay_mirror_healthy"))
                        .isEqualTo(1)));
    }

    @AfterEach
    void end() {
        instances.forEach(ServiceProcess::close);
        toFirst.close();
        toSecond.close();
        first.close();
        second.close();
    }

    @TimedTest
    void everyAcknowledgedJobRunsThoughTheFirstIsKilledAndItsDataDeleted() throws Exception {
        goesOn("first killed, its data deleted", () -> first.kill(), () -> first.restartEmpty());
    }

    @TimedTest
    void everyAcknowledgedJobRunsThoughTheFirstIsSilent() throws Exception {
        goesOn(
                "first silent",
                () -> {
                    toFirst.strandConnections(true);
                    toFirst.blackHoleConnections();
                },
                () -> toFirst.strandConnections(false));
    }

    @TimedTest
    void everyAcknowledgedJobRunsThoughTheSecondIsAway() throws Exception {
        goesOn("second killed, its data deleted", () -> second.kill(), () -> second.restartEmpty());
    }

    private void goesOn(String what, Fault begin, Fault end) throws Exception {
        try (SteadyEnqueues sender = new SteadyEnqueues(instances, QUEUE).begin(JOBS_PER_SECOND)) {
            TimeUnit.SECONDS.sleep(3);
            begin.run();
            TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
            end.run();
            TimeUnit.SECONDS.sleep(2);
            sender.stop();
            System.out.printf(
                    "%s for %s: %d sent, %.4f %% acknowledged, refused %s, p50 %s, p99 %s, longest %s%n",
                    what,
                    AWAY,
                    sender.sent(),
                    100 * sender.availability(),
                    sender.refusals(),
                    sender.percentile(0.5),
                    sender.percentile(0.99),
                    sender.percentile(1));
            await(what).atMost(SOON).untilAsserted(() -> eachSucceeded(sender));
            assertThat(sender.availability()).isGreaterThanOrEqualTo(AVAILABILITY);
        }
    }

    /** And nothing is left to be done in either store. */
    private void eachSucceeded(SteadyEnqueues sender) {
        String figures = instances.get(0).get("/v1/queues/" + QUEUE);
        assertThat(figures).contains("\"ready\":0", "\"running\":0", "\"scheduled\":0");
        sender.acknowledged().forEach(id -> assertThat(instances.get(0).get("/v1/queues/" + QUEUE + "/jobs/" + id))
                .contains("\"state\":\"succeeded\""));
    }

    private interface Fault {
        void run() throws Exception;
    }
}
