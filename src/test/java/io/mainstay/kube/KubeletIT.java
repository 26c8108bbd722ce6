package io.mainstay.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.mainstay.auth.TestKeys;
import io.mainstay.machine.Inexcusable;
import io.mainstay.machine.TimedTest;
import io.mainstay.process.RedisNode;
import io.mainstay.process.RedisSentinelSet;
import io.mainstay.process.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/**
 * The packaged service in as many pods as the overlay production has at least, on a Redis with two replicas and
 * sentinels, cared for by a kubelet that goes by the rendered manifest, while callers enqueue. Nothing is scaled: periods,
 * time-outs, preStop and grace are the real ones. What is lost, refused or restarted without a cause is a failure.
 */
@Tag("measuring")
@NeedsKustomize
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeletIT {

    private static final int PER_SECOND = 80;
    private static final double AVAILABILITY = 0.999;
    private static final int MOST_ROUNDS = 3;
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    /** Callers need keys, as they do where this overlay is applied. */
    private static final String CALLER = TestKeys.line("callers producer,reader *");

    private static final String KEY = TestKeys.keyOf(CALLER);

    private final Manifests manifests = Manifests.of("production");
    private final Workload workload = manifests.services().get(0);
    private final Path keys = TestKeys.file(CALLER);
    private final PodPlan plan = PodPlan.of(manifests, workload);
    private final RedisSentinelSet redis = new RedisSentinelSet();
    private final Fleet fleet = fleet();
    private int restartsBefore;
    private int trials;

    @BeforeEach
    void calm() {
        fleet.awaitAll();
        redis.awaitCalm();
        restartsBefore = fleet.restarts();
        trials++;
    }

    @AfterAll
    void stop() {
        fleet.close();
        redis.close();
    }

    @TimedTest
    void aRollingUpdateIsNotNoticed() {
        List<Pod> old;
        Account account;
        try (Callers callers = new Callers(fleet.endpoints(), queue("update"), PER_SECOND, "memory", KEY)) {
            old = fleet.rollOut();
            account = new Account(callers.end());
        }

        assertKept(queue("update"), account);
        assertThat(account.firstTry()).as("without a retry").isGreaterThanOrEqualTo(AVAILABILITY);
        assertThat(old).as("ended within the grace period").allMatch(pod -> pod.killed() == 0);
        assertRestarts(0);
        assertThat(begunAgain(queue("update")))
                .as("attempts that the update cost")
                .isZero();
    }

    /** Nobody takes the pod out of the endpoints until the control plane has noticed, which is after this scenario. */
    @TimedTest
    void aLostNodeCostsARetry() {
        Pod lost = fleet.any();
        Account account;
        try (Callers callers = new Callers(fleet.endpoints(), queue("node"), PER_SECOND, "memory", KEY)) {
            flow(Duration.ofSeconds(2));
            lost.loseNode();
            flow(Duration.ofSeconds(6));
            account = new Account(callers.end());
        }
        fleet.replace(lost);

        assertKept(queue("node"), account);
        assertRestarts(0);
    }

    /**
     * The primary is killed and a replica promoted; what callers saw in the outage counts as well. Sentinels that are short of
     * time may vote a second time for what is then another primary: nothing is lost by that either, but it is another
     * outage, so the scenario is begun again.
     */
    @TimedTest
    void aRedisFailoverRestartsNothingAndLosesNothing(TestReporter reporter) {
        Account account;
        long votes;
        int round = 0;
        do {
            String queue = queue("failover-" + ++round);
            redis.awaitCalm();
            long before = redis.epoch();
            account = failOver(queue);
            assertNoneLost(queue, account);
            votes = redis.epoch() - before;
            System.out.printf("%s: %d vote(s) of the sentinels, %s%n", queue, votes, account);
            if (votes > 1 && round < MOST_ROUNDS) {
                reporter.publishEntry(TimedTest.BEGUN_ANEW, "%d votes of the sentinels; %s".formatted(votes, account));
            }
        } while (votes > 1 && round < MOST_ROUNDS);

        assertKept(queue("failover-" + round), account);
        assertRestarts(0);
    }

    private Account failOver(String queue) {
        RedisNode primary = redis.primary();
        try (Callers callers = new Callers(fleet.endpoints(), queue, PER_SECOND, "replica", KEY)) {
            flow(Duration.ofSeconds(2));
            primary.kill();
            redis.awaitPromotionFrom(primary);
            flow(Duration.ofSeconds(6));
            return new Account(callers.end());
        } finally {
            primary.restart();
        }
    }

    @TimedTest
    void aFrozenPodIsRestartedAndNoOther() {
        Pod frozen = fleet.any();
        Account account;
        Duration took;
        try (Callers callers = new Callers(fleet.endpoints(), queue("frozen"), PER_SECOND, "memory", KEY)) {
            flow(Duration.ofSeconds(2));
            long begun = System.nanoTime();
            frozen.container().freeze(true);
            await("the restart").until(() -> frozen.restarts() == 1);
            await("ready again").until(frozen::ready);
            took = Duration.ofNanos(System.nanoTime() - begun);
            flow(Duration.ofSeconds(2));
            account = new Account(callers.end());
        }

        System.out.printf("frozen: ready again after %.1f s%n", took.toMillis() / 1000.0);
        assertKept(queue("frozen"), account);
        assertThat(frozen.restarts()).isOne();
        assertRestarts(1);
    }

    private Fleet fleet() {
        Deployment deployment = (Deployment) workload.owner();
        return new Fleet(
                plan,
                Replicas.of(manifests, deployment).least(),
                deployment
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getIntVal(),
                () -> new ServiceProcess(
                                redis.addresses(),
                                Map.of(
                                        "mainstay.handlers.demo",
                                        "true",
                                        "quarkus.redis.client-type",
                                        "sentinel",
                                        "quarkus.redis.master-name",
                                        RedisSentinelSet.MASTER_NAME,
                                        "mainstay.security.keys-file",
                                        keys.toString()),
                                environment())
                        .withKey(KEY));
    }

    /** The pod's own, and less work for a JVM that starts: starts are most of what this test waits for. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(plan.environment());
        environment.put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        return environment;
    }

    /** Another one in each trial. */
    private String queue(String name) {
        return name + "-" + trials;
    }

    /** Every acknowledged job is there and ended; enough were acknowledged. */
    private void assertKept(String queue, Account account) {
        assertNoneLost(queue, account);
        System.out.printf("%s: %s, begun again %d%n", queue, account, begunAgain(queue));
        assertThat(account.availability()).as("%s: %s", queue, account).isGreaterThanOrEqualTo(AVAILABILITY);
    }

    private void assertNoneLost(String queue, Account account) {
        Set<String> acknowledged = new HashSet<>(account.acknowledged());
        Inexcusable.unless(() -> await("all jobs ended")
                .untilAsserted(() -> assertThat(EndedJobs.of(fleet.any().container(), queue))
                        .containsKeys(acknowledged.toArray(String[]::new))));
    }

    private long begunAgain(String queue) {
        return EndedJobs.of(fleet.any().container(), queue).values().stream()
                .filter(attempt -> attempt > 1)
                .count();
    }

    private void assertRestarts(int expected) {
        assertThat(fleet.restarts() - restartsBefore).as("restarts").isEqualTo(expected);
    }

    /** Lets the load go on; the time is what is measured, nothing is waited for. */
    private static void flow(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    private static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(DEADLINE).pollInterval(Duration.ofMillis(200));
    }
}
