package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mainstay.machine.TimedTest;
import io.mainstay.redis.FaultyProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * An active-active queue, two instances and two Redis, of which one is away, slow or silent for a while. In full length
 * with {@code -Dmainstay.critical.full=true}: two minutes.
 */
class CriticalQueuesIT {

    private static final boolean FULL = Boolean.getBoolean("mainstay.critical.full");
    private static final Duration AWAY = FULL ? Duration.ofMinutes(2) : Duration.ofSeconds(6);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int JOBS_PER_SECOND = Integer.getInteger("mainstay.critical.rate", 100);
    private static final double AVAILABILITY = 0.999;

    private static int queues;
    private static RedisNode first;
    private static RedisNode second;
    private static FaultyProxy toFirst;
    private static FaultyProxy toSecond;
    private static Map<String, String> config;
    private static List<ServiceProcess> instances;
    private String queue;

    @BeforeAll
    static void startAll() {
        first = RedisNode.start().awaitUp();
        second = RedisNode.start().awaitUp();
        toFirst = new FaultyProxy(first.port());
        toSecond = new FaultyProxy(second.port());
        config = Map.of("mainstay.handlers.demo", "true", "mainstay.stores.second.hosts", toSecond.address());
        instances =
                List.of(new ServiceProcess(toFirst.address(), config), new ServiceProcess(toFirst.address(), config));
        instances.forEach(ServiceProcess::awaitReady);
    }

    @AfterAll
    static void endAll() {
        instances.forEach(ServiceProcess::close);
        toFirst.close();
        toSecond.close();
        first.close();
        second.close();
    }

    /** The processes are those of all tests, the queue is not. */
    @BeforeEach
    void critical() {
        awaitBoth();
        queue = "orders-" + ++queues;
        instances.get(0).put("/v1/queues/" + queue + "/policy", "{\"critical\": \"active-active\"}");
        instances.forEach(
                each -> await().atMost(SOON).untilAsserted(() -> assertThat(each.get("/v1/queues/" + queue + "/policy"))
                        .contains("active-active")));
    }

    /** Repairs what a test that failed has left, and waits until each instance has both stores. */
    private static void awaitBoth() {
        toFirst.strandConnections(false);
        toFirst.delayAnswers(Duration.ZERO);
        for (RedisNode each : List.of(first, second)) {
            if (!each.call("PING").equals("PONG")) {
                each.restart();
            }
        }
        instances.forEach(each -> await("both stores").atMost(SOON).untilAsserted(() -> {
            assertThat(each.metric("mainstay_store_ready")).isEqualTo(2);
            assertThat(each.status("/q/health/ready")).isEqualTo(200);
        }));
    }

    @TimedTest
    void enqueuesGoOnWhileTheFirstIsAway() throws Exception {
        goesOn("first away", () -> first.kill(), () -> first.restart());
    }

    @TimedTest
    void enqueuesGoOnWhileTheFirstIsSilent() throws Exception {
        goesOn(
                "first silent",
                () -> {
                    toFirst.strandConnections(true);
                    toFirst.blackHoleConnections();
                },
                () -> toFirst.strandConnections(false));
    }

    @TimedTest
    void enqueuesGoOnWhileTheFirstIsSlow() throws Exception {
        goesOn(
                "first slow",
                () -> toFirst.delayAnswers(Duration.ofSeconds(1)),
                () -> toFirst.delayAnswers(Duration.ZERO));
    }

    @TimedTest
    void nothingIsFeltOfTheSecondBeingAway() throws Exception {
        SteadyEnqueues sender = run("second away", () -> second.kill(), () -> {
            await().atMost(SOON).untilAsserted(() -> assertThat(instances.get(0).metric("mainstay_store_ready"))
                    .isEqualTo(1));
            assertThat(instances.get(0).status("/q/health/ready")).isEqualTo(200);
            second.restart();
        });

        assertThat(sender.refusals()).isEmpty();
        assertThat(sender.availability()).isEqualTo(1);
    }

    @TimedTest
    void bothAwayIsSaidAndThenAllOfItWorksAgain() throws Exception {
        second.kill();
        first.kill();
        await().atMost(SOON)
                .untilAsserted(() -> instances.forEach(
                        each -> assertThat(each.status("/q/health/ready")).isEqualTo(503)));
        assertThat(instances.get(0).post("/v1/queues/" + queue + "/jobs", "{\"handler\": \"echo\"}"))
                .contains("store-unavailable");
        assertThat(instances.get(1).status("/q/health/live")).isEqualTo(200);

        first.restart();
        second.restart();
        instances.forEach(ServiceProcess::awaitReady);
        SteadyEnqueues sender = run("after both were away", () -> {}, () -> {});
        assertThat(sender.availability()).isGreaterThanOrEqualTo(AVAILABILITY);
    }

    @TimedTest
    void startsAndRunsWithoutTheFirstAndFindsThePolicyInTheSecond() throws Exception {
        first.kill();
        try (ServiceProcess late = new ServiceProcess(toFirst.address(), config).awaitReady()) {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            late.post("/v1/queues/" + queue + "/jobs", "{\"id\": \"late\", \"handler\": \"echo\"}"))
                    .contains("\"store\":\"second\""));
            await().atMost(SOON).untilAsserted(() -> assertThat(late.get("/v1/queues/" + queue + "/jobs/late"))
                    .contains("\"state\":\"succeeded\""));
        } finally {
            first.restart();
        }
    }

    private void goesOn(String what, Fault begin, Fault end) throws Exception {
        SteadyEnqueues sender = run(what, begin, end);

        assertThat(sender.availability())
                .as("%d sent, refused %s", sender.sent(), sender.refusals())
                .isGreaterThanOrEqualTo(AVAILABILITY);
    }

    private SteadyEnqueues run(String what, Fault begin, Fault end) throws Exception {
        try (SteadyEnqueues sender = new SteadyEnqueues(instances, queue).begin(JOBS_PER_SECOND)) {
            TimeUnit.SECONDS.sleep(1);
            begin.run();
            TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
            end.run();
            TimeUnit.SECONDS.sleep(1);
            sender.stop();
            instances.forEach(ServiceProcess::awaitReady);
            await(what).atMost(SOON).untilAsserted(() -> eachSucceeded(sender));
            System.out.printf(
                    "%s for %s: %d sent, %.4f %% acknowledged, refused %s, p50 %s, p99 %s, longest %s, slow ones [%s]%n",
                    what,
                    AWAY,
                    sender.sent(),
                    100 * sender.availability(),
                    sender.refusals(),
                    sender.percentile(0.5),
                    sender.percentile(0.99),
                    sender.percentile(1),
                    sender.slow());
            return sender;
        }
    }

    /** And nothing is left to be done in either store. */
    private void eachSucceeded(SteadyEnqueues sender) {
        String figures = instances.get(0).get("/v1/queues/" + queue);
        assertThat(figures).contains("\"ready\":0", "\"running\":0", "\"scheduled\":0");
        sender.acknowledged().forEach(id -> assertThat(instances.get(0).get("/v1/queues/" + queue + "/jobs/" + id))
                .contains("\"state\":\"succeeded\""));
    }

    private interface Fault {
        void run() throws Exception;
    }
}
