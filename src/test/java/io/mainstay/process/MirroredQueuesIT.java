package io.mainstay.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.machine.TimedTest;
import io.mainstay.redis.FaultyProxy;
import io.mainstay.redis.store.RedisKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/**
 * Mirrored queues, two instances and two Redis of which one is lost, silent, or back with old data, for some seconds. All faults, for minutes: {@code TwoRedisIT}.
 */
class MirroredQueuesIT {

    private static final int JOBS_PER_SECOND = 50;
    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final Duration AWAY = Duration.ofSeconds(9);
    private static final Duration OLDER = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(90);
    /** Beyond the hold, until a job starts that was enqueued while its owner was away. */
    private static final Duration START = Duration.ofSeconds(2);

    private static final double AVAILABILITY = 0.999;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static int queues;
    private static RedisNode first;
    private static RedisNode second;
    /** Of each instance one. */
    private static List<FaultyProxy> toFirst;

    private static FaultyProxy toSecond;
    private static List<ServiceProcess> instances;
    private QueueName queue;

    @BeforeAll
    static void startAll() {
        first = RedisNode.start().awaitUp();
        second = RedisNode.start().awaitUp();
        toFirst = List.of(new FaultyProxy(first.port()), new FaultyProxy(first.port()));
        toSecond = new FaultyProxy(second.port());
        Map<String, String> config =
                Map.of("mainstay.handlers.demo", "true", "mainstay.stores.second.hosts", toSecond.address());
        instances = toFirst.stream()
                .map(proxy -> new ServiceProcess(proxy.address(), config))
                .toList();
        instances.forEach(ServiceProcess::awaitReady);
    }

    @AfterAll
    static void endAll() {
        instances.forEach(ServiceProcess::close);
        toFirst.forEach(FaultyProxy::close);
        toSecond.close();
        first.close();
        second.close();
    }

    @BeforeEach
    void mirrorAQueue() {
        queue = new QueueName("orders-" + ++queues);
        await("policy").atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(instances
                        .get(0)
                        .put(
                                "/v1/queues/" + queue + "/policy",
                                "{\"critical\": \"mirrored\", \"hold\": \"%s\"}".formatted(HOLD)))
                .contains("mirrored"));
        awaitWhole();
    }

    @TimedTest
    void everyAcknowledgedJobRunsThoughTheFirstIsKilledAndItsDataDeleted() throws Exception {
        SteadyEnqueues sender =
                goesOn("first killed, its data deleted", () -> first.kill(), () -> first.restartEmpty());

        assertThat(longestStart(sender)).isLessThanOrEqualTo(HOLD.plus(START));
    }

    @TimedTest
    void noJobThatEndedRunsAgainThoughTheFirstIsBackWithOldData() throws Exception {
        Path dump = Files.createTempFile("mainstay-mirrored-", ".rdb");
        first.dumpTo(dump);
        try (SteadyEnqueues sender = new SteadyEnqueues(instances, queue.value()).begin(JOBS_PER_SECOND)) {
            TimeUnit.MILLISECONDS.sleep(OLDER.toMillis());
            sender.stop();
            await().atMost(SOON).untilAsserted(() -> eachSucceeded(sender));
            awaitWhole();
            first.kill();
            try (SteadyEnqueues later = new SteadyEnqueues(instances, queue.value(), "later-").begin(JOBS_PER_SECOND)) {
                TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
                later.stop();
                await().atMost(SOON).untilAsserted(() -> eachSucceeded(later));
                first.restartFrom(dump);
                awaitWhole();
                eachSucceeded(sender);
                eachSucceeded(later);
                assertThat(later.availability()).isGreaterThanOrEqualTo(AVAILABILITY);
                assertThat(finished())
                        .isEqualTo(sender.acknowledged().size()
                                + later.acknowledged().size());
                storesAgree(sender);
                storesAgree(later);
            }
        } finally {
            Files.delete(dump);
        }
    }

    @TimedTest
    void noCopyStartsWhileOneInstanceReachesTheOwner() throws Exception {
        SteadyEnqueues sender = goesOn("one instance cut off", () -> silence(toFirst.get(0)), () -> toFirst.get(0)
                .strandConnections(false));

        assertThat(metric("mainstay_mirror_copies_started_total")).isZero();
        assertThat(metric("mainstay_mirror_runs_twice_total")).isZero();
        assertThat(finished()).isEqualTo(sender.acknowledged().size());
    }

    private static void silence(FaultyProxy proxy) {
        proxy.strandConnections(true);
        proxy.blackHoleConnections();
    }

    private SteadyEnqueues goesOn(String what, Fault begin, Fault end) throws Exception {
        try (SteadyEnqueues sender = new SteadyEnqueues(instances, queue.value()).begin(JOBS_PER_SECOND)) {
            TimeUnit.SECONDS.sleep(1);
            begin.run();
            TimeUnit.MILLISECONDS.sleep(AWAY.toMillis());
            end.run();
            TimeUnit.SECONDS.sleep(1);
            sender.stop();
            await(what).atMost(SOON).untilAsserted(() -> eachSucceeded(sender));
            awaitWhole();
            System.out.printf(
                    "%s for %s: %d sent, %.4f %% acknowledged, refused %s, p50 %s, p99 %s, longest %s; started after %s at most, %.0f runs%n",
                    what,
                    AWAY,
                    sender.sent(),
                    100 * sender.availability(),
                    sender.refusals(),
                    sender.percentile(0.5),
                    sender.percentile(0.99),
                    sender.percentile(1),
                    longestStart(sender),
                    finished());
            assertThat(sender.availability()).isGreaterThanOrEqualTo(AVAILABILITY);
            storesAgree(sender);
            return sender;
        }
    }

    /** And nothing is left to be done. */
    private void eachSucceeded(SteadyEnqueues sender) {
        assertThat(instances.get(0).get("/v1/queues/" + queue))
                .contains("\"ready\":0", "\"running\":0", "\"scheduled\":0");
        sender.acknowledged()
                .forEach(id -> assertThat(job(id).path("state").asText()).as(id).isEqualTo("succeeded"));
    }

    private Duration longestStart(SteadyEnqueues sender) {
        return sender.acknowledged().stream()
                .map(this::job)
                .map(job -> Duration.between(
                        Instant.parse(job.path("enqueuedAt").asText()),
                        Instant.parse(job.path("startedAt").asText())))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /** As far as they know of jobs that have ended. */
    private void storesAgree(SteadyEnqueues sender) {
        for (String id : sender.acknowledged()) {
            String here = first.call("HGET", new RedisKeys(queue).job(new JobId(id)), "state");
            String there = second.call("HGET", new RedisKeys(queue.inSecondStore()).job(new JobId(id)), "state");
            assertThat(List.of(here.trim(), there.trim()))
                    .as(id)
                    .containsAnyOf("succeeded")
                    .allMatch(state -> state.isEmpty() || state.equals("succeeded") || state.contains("nil"));
        }
    }

    /** Both stores have all there is to have, and each has heard of all that changed in the other. */
    private void awaitWhole() {
        await("both stores are whole").atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            assertThat(metric("mainstay_mirror_healthy")).isEqualTo(instances.size());
            assertThat(metric("mainstay_mirror_outbox")).isZero();
        });
    }

    /** How often jobs of the queue succeeded, by all instances. */
    private double finished() {
        return metric("mainstay_jobs_finished_total");
    }

    private double metric(String name) {
        return instances.stream()
                .flatMap(each -> each.get("/q/metrics").lines())
                .filter(line -> line.startsWith(name + "{") && line.contains("queue=\"" + queue + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private JsonNode job(String id) {
        try {
            return JSON.readTree(instances.get(0).get("/v1/queues/" + queue + "/jobs/" + id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Fault {
        void run() throws Exception;
    }
}
