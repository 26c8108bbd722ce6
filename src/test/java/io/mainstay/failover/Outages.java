package io.mainstay.failover;

import io.mainstay.process.RedisNode;
import io.mainstay.process.ServiceProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Faults of the one Redis there is, and of the way to it. */
final class Outages {

    private static final Duration PROBE_DEADLINE = Duration.ofSeconds(5);

    private static final int LONG_JOBS = 20;

    private Outages() {}

    /** kill -9, and a start on the same data after a while. */
    static Fault<OneAddress> killed(Duration gone) {
        return trial -> {
            trial.site().primary().kill();
            trial.last(gone);
            return restarted(trial.site().primary());
        };
    }

    /** Gone for so long that probes are looked at: ready must say so, live must not. */
    static Fault<OneAddress> goneForLong(Duration gone) {
        return trial -> {
            trial.site().primary().kill();
            trial.last(PROBE_DEADLINE);
            Instant end = Instant.now().plus(gone).minus(PROBE_DEADLINE);
            ServiceProcess service = trial.site().front();
            int looks = 0;
            int alive = 0;
            int notReady = 0;
            for (; Instant.now().isBefore(end); looks++) {
                alive += service.status("/q/health/live") == 200 ? 1 : 0;
                notReady += service.status("/q/health/ready") == 503 ? 1 : 0;
                trial.last(Duration.ofSeconds(1));
            }
            trial.complainUnless(alive == looks, "live only %d of %d times".formatted(alive, looks));
            trial.complainUnless(notReady == looks, "not ready only %d of %d times".formatted(notReady, looks));
            return restarted(trial.site().primary());
        };
    }

    /** SIGSTOP, SIGCONT. */
    static Fault<OneAddress> frozen(Duration time) {
        return trial -> {
            trial.site().primary().freeze(true);
            trial.last(time);
            Instant answerable = Instant.now();
            trial.site().primary().freeze(false);
            return answerable;
        };
    }

    /** A command to Redis that hurts at once. */
    static Fault<OneAddress> command(String... command) {
        return atOnce(site -> site.primary().call(command));
    }

    /** Something done to the site, from which on Redis could answer. */
    static Fault<OneAddress> atOnce(Consumer<OneAddress> blow) {
        return trial -> {
            Instant answerable = Instant.now();
            blow.accept(trial.site());
            return answerable;
        };
    }

    /** A state of things that lasts and is lifted. */
    static Fault<OneAddress> lasting(Duration time, Consumer<OneAddress> begin, Consumer<OneAddress> lift) {
        return trial -> {
            begin.accept(trial.site());
            try {
                trial.last(time);
            } finally {
                lift.accept(trial.site());
            }
            return Instant.now();
        };
    }

    /** Connections are closed, new ones taken and left without an answer for good, those made later work. */
    static Fault<OneAddress> stranded(Duration time) {
        return lasting(time, site -> site.proxy().strandConnections(true), site -> site.proxy()
                .strandConnections(false));
    }

    /** maxmemory reached, and lifted after a while. */
    static Fault<OneAddress> memoryFull(Duration time) {
        return lasting(time, site -> site.primary().call("CONFIG", "SET", "maxmemory", "1mb"), site -> site.primary()
                .call("CONFIG", "SET", "maxmemory", "0"));
    }

    /** Redis fails over by itself behind its address; it can answer when the other node takes writes. */
    static Fault<OneAddress> rolesSwapped() {
        return trial -> {
            trial.site().swapRoles();
            Instant answerable = Instant.now();
            trial.site().rememberRoles();
            return answerable;
        };
    }

    /** The primary dies; what its replica has is what there is. */
    static Fault<OneAddress> primaryLost() {
        return trial -> {
            Instant answerable = trial.site().losePrimary();
            trial.site().rememberRoles();
            return answerable;
        };
    }

    /**
     * SIGSTOP of one of two instances while it runs jobs of a second, until its leases are long over, and SIGCONT. Those
     * jobs must run elsewhere, and what the instance reports of them afterwards must count for nothing.
     */
    static Fault<OneAddress> workerFrozen(Duration time) {
        return trial -> {
            ServiceProcess worker = trial.site().services().get(0);
            double droppedBefore = dropped(worker);
            for (int i = 0; i < LONG_JOBS; i++) {
                trial.site().front().post("/v1/queues/" + trial.queue() + "/jobs", """
                        {"id": "long-%d", "handler": "sleep", "payload": {"duration": "PT1S"}}""".formatted(i));
            }
            Awaitility.await("long jobs on the worker")
                    .atMost(Lab.LONG_ENOUGH)
                    .until(() -> worker.metric("mainstay_worker_busy") > 1);
            Instant struck = Instant.now();
            worker.freeze(true);
            try {
                trial.last(time);
            } finally {
                worker.freeze(false);
            }
            StoredJobs jobs = new StoredJobs(() -> trial.site().primaryOf(trial.queue()), trial.queue());
            trial.complainUnless(jobs.runAgain() > 0, "none of its jobs ran elsewhere");
            List<String> longJobs =
                    IntStream.range(0, LONG_JOBS).mapToObj(i -> "long-" + i).toList();
            trial.complainUnless(jobs.notEnded(longJobs).isEmpty(), "left " + jobs.notEnded(longJobs));
            trial.complainUnless(
                    happens(() -> dropped(worker) > droppedBefore), "no late report was refused or given up");
            return struck;
        };
    }

    private static double dropped(ServiceProcess worker) {
        return worker.metric("mainstay_completions_refused_total")
                + worker.metric("mainstay_worker_troubles_total{kind=\"lost_lease\"}");
    }

    private static boolean happens(Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(PROBE_DEADLINE).until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    private static Instant restarted(RedisNode node) throws InterruptedException {
        node.restart();
        Instant asked = Instant.now();
        while (!node.call("PING").equals("PONG")) {
            Thread.sleep(5);
            asked = Instant.now();
        }
        return asked;
    }
}
