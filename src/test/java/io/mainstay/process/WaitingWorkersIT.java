package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.mainstay.machine.TimedTest;
import io.mainstay.rest.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/**
 * What requests that wait for jobs cost an instance, and how soon one of them has the job that comes. {@code -Dmainstay.it.waiting=5000
 * -Dmainstay.it.wait=50} for the long form, which alone is held to its cost.
 */
@Tag("measuring")
class WaitingWorkersIT {

    private static final int WAITING = Integer.getInteger("mainstay.it.waiting", 1_000);
    private static final int WAIT_SECONDS = Integer.getInteger("mainstay.it.wait", 10);
    private static final int JOBS = 500;
    private static final double MOST_OF_A_CORE = 0.05;
    /** Of a machine that has other things to do. */
    private static final double SLACK = 3;
    /** Of fewer and shorter waits the cost is that of a JVM that still compiles. */
    private static final int ENOUGH = 5_000;

    /** Rounds after which most of a JVM's code is compiled. */
    private static final int WARM_UPS = WAITING >= ENOUGH ? 6 : 1;

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Of /proc/pid/stat, on every Linux of today. */
    private static final double TICKS_PER_SECOND = 100;

    private static RedisProcess redis;
    private static ServiceProcess service;
    private static int queues;
    /** Another one for each test, so that it finds nothing of one that failed. */
    private final String queue = "waited-" + ++queues;

    @BeforeAll
    static void start() {
        redis = new RedisProcess();
        service = new ServiceProcess(
                        redis.address(), Map.of("mainstay.handlers.demo", "true", "mainstay.worker.enabled", "false"))
                .awaitReady();
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        redis.close();
    }

    @TimedTest
    void waitingCostsNextToNothingAndEndsWhenItSaid() throws IOException {
        waitAndCost(WAITING, 5);
        Cost cost = waitAndCost(WAITING, WAIT_SECONDS);

        System.out.printf("%d requests that wait %d s, and come again: %s%n", WAITING, WAIT_SECONDS, cost);
        // Each of them comes, and ends, once within the wait.
        double asOften = MOST_OF_A_CORE * WAITING / 5_000 * 50 / WAIT_SECONDS;
        if (WAITING >= ENOUGH) {
            assertThat(cost.cores()).isLessThan(SLACK * Math.max(MOST_OF_A_CORE, asOften));
        }
        // As seen by one thread that reads thousands of answers, so with more slack.
        assertThat(cost.latest()).isLessThan(SLACK * SLACK * 0.2);
        assertThat(cost.earliest()).isGreaterThan(-0.2);
    }

    @TimedTest
    void aJobIsWithAWaitingWorkerWithinMilliseconds() throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            delays();
        }
        double[] delays = delays();

        System.out.printf(
                "from before an enqueue is sent to when a waiting worker has read its job: p50 %.2f ms, p99 %.2f ms%n",
                delays[JOBS / 2], delays[JOBS * 99 / 100]);
        assertThat(delays[JOBS / 2]).isLessThan(SLACK * 2);
        assertThat(delays[JOBS * 99 / 100]).isLessThan(SLACK * SLACK * 6);
    }

    /**
     * @param cores of the service, on average
     * @param earliest how much later than it said the first wait ended, in seconds
     */
    private record Cost(double cores, double earliest, double latest) {}

    private Cost waitAndCost(int count, int seconds) throws IOException {
        List<RawHttp> connections = new ArrayList<>();
        try {
            long[] sent = new long[count];
            double cpuBefore = cpuSeconds();
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                RawHttp connection = new RawHttp(service.uri("/").getPort());
                connections.add(connection);
                sent[i] = System.nanoTime();
                connection.send(request("/v1/leases", "Prefer: wait=" + seconds + "\n", lease()));
            }
            double earliest = Double.MAX_VALUE;
            double latest = -Double.MAX_VALUE;
            for (int i = 0; i < count; i++) {
                RawHttp.Answer answer = connections.get(i).read();
                double late = (System.nanoTime() - sent[i]) / 1e9 - seconds;
                assertThat(answer.body()).isEqualTo("{\"jobs\":[],\"drain\":false}");
                earliest = Math.min(earliest, late);
                latest = Math.max(latest, late);
            }
            double took = (System.nanoTime() - start) / 1e9;
            return new Cost((cpuSeconds() - cpuBefore) / took, earliest, latest);
        } finally {
            for (RawHttp connection : connections) {
                connection.close();
            }
        }
    }

    /** In ms, the shortest first. */
    private double[] delays() throws Exception {
        double[] delays = new double[JOBS];
        try (RawHttp worker = new RawHttp(service.uri("/").getPort());
                RawHttp sender = new RawHttp(service.uri("/").getPort())) {
            for (int i = 0; i < JOBS; i++) {
                worker.send(request("/v1/leases", "Prefer: wait=20\n", lease()));
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(5))
                        .atMost(DEADLINE)
                        .until(() -> service.metric("mainstay_leases_waiting") > 0);
                CompletableFuture<Long> received = CompletableFuture.supplyAsync(() -> {
                    try {
                        assertThat(worker.read().body()).contains("\"lease\"");
                        return System.nanoTime();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
                long before = System.nanoTime();
                sender.send(request("/v1/queues/" + queue + "/jobs", "", "{\"handler\": \"noop\"}"));
                delays[i] = (received.get(30, TimeUnit.SECONDS) - before) / 1e6;
                assertThat(sender.read().status()).isEqualTo(201);
            }
        }
        Arrays.sort(delays);
        return delays;
    }

    private String lease() {
        return "{\"worker\": \"w\", \"queues\": [\"%s\"], \"handlers\": [\"noop\"]}".formatted(queue);
    }

    private static String request(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\nHost: a\nContent-Type: application/json\n" + headers + "Content-Length: "
                + body.length() + "\n\n" + body;
    }

    private double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(service.pid()), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }
}
