package io.mainstay.health;

import io.mainstay.queue.WorkerStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells a stall from a reason not to move. A loop that does not turn and workers that are lost have no excuse. That
 * jobs do not flow has: a store that does not answer or takes no writes, no free worker, shutdown. Time under an excuse
 * does not count, nor does time in which this process itself was paused; both start the count again. For one thread.
 */
final class StallDetector {

    private final HealthSignals signals;
    private final LongSupplier nanoTime;
    private final Duration longestGap;
    private long lookedAt;
    /** From when on anything counts. */
    private long awakeSince;
    /** From when on there was no excuse. */
    private long excusedAt;
    /** Until when the store was seen to forget canaries. */
    private long forgottenAt;
    /** Since when each of them has been so; null if it is not. */
    private Long workersLostSince;

    private Long jobsStuckSince;

    /** @param longestGap between two looks, beyond which the process must have been frozen */
    StallDetector(HealthSignals signals, Duration longestGap, LongSupplier nanoTime) {
        this.signals = signals;
        this.nanoTime = nanoTime;
        this.longestGap = longestGap;
        this.lookedAt = nanoTime.getAsLong();
        this.awakeSince = lookedAt;
        this.excusedAt = lookedAt;
        this.forgottenAt = lookedAt;
    }

    StallReport detect() {
        long now = nanoTime.getAsLong();
        if (now - lookedAt > longestGap.toNanos()) {
            awakeSince = now;
            workersLostSince = null;
            jobsStuckSince = null;
        }
        lookedAt = now;
        Optional<String> excuse = excuse();
        if (excuse.isPresent()) {
            excusedAt = now;
        }
        List<Stall> stalls = withoutExcuse(now);
        if (excuse.isEmpty()) {
            stalls.addAll(excusable(now));
        }
        return new StallReport(excuse, stalls.stream().max(Comparator.comparing(Stall::lasting)));
    }

    private List<Stall> withoutExcuse(long now) {
        List<Stall> stalls = new ArrayList<>();
        Duration lag = atMost(now - awakeSince, signals.loopLag());
        if (!lag.isZero()) {
            stalls.add(new Stall(StallReason.LOOP_FROZEN, "an event loop is blocked", lag));
        }
        int stuck = signals.workers.stuck();
        workersLostSince = since(workersLostSince, stuck > 0, now);
        if (stuck > 0) {
            String text = stuck + " workers are held by attempts past their time-out";
            stalls.add(new Stall(StallReason.WORKERS_LOST, text, Duration.ofNanos(now - workersLostSince)));
        }
        return stalls;
    }

    private List<Stall> excusable(long now) {
        List<Stall> stalls = new ArrayList<>();
        if (signals.canary.forgotten()) {
            // A full Redis may evict what expires. Whether other jobs flow can still be seen.
            forgottenAt = now;
        }
        long since = Math.max(Math.max(awakeSince, excusedAt), forgottenAt);
        Duration unproven = atMost(now - since, signals.canary.age());
        String text = "workers are free and the store accepts jobs, but no canary job ran; latest claim: "
                + signals.claims.latest();
        stalls.add(new Stall(StallReason.NO_PROOF, text, unproven));
        Optional<String> stuck = signals.stuckQueue();
        jobsStuckSince = since(jobsStuckSince, stuck.isPresent(), now);
        stuck.ifPresent(queue -> stalls.add(new Stall(
                StallReason.DUE_JOBS_STUCK,
                "queue " + queue + " has due jobs and is not claimed from",
                atMost(now - excusedAt, Duration.ofNanos(now - jobsStuckSince)))));
        return stalls;
    }

    private Optional<String> excuse() {
        WorkerStatus workers = signals.workers;
        if (!workers.enabled()) {
            return Optional.of("the workers are switched off");
        }
        if (workers.draining()) {
            return Optional.of("shutting down");
        }
        if (!signals.storeAnswers()) {
            return Optional.of("the store does not answer");
        }
        if (!signals.canary.taken()) {
            return Optional.of("the store refuses writes");
        }
        if (signals.claims.latest() == ClaimLog.Latest.REFUSED) {
            return Optional.of("the store refuses claims");
        }
        return workers.busy() >= workers.concurrency() ? Optional.of("all workers are busy") : Optional.empty();
    }

    private static Long since(Long before, boolean stillSo, long now) {
        if (!stillSo) {
            return null;
        }
        return before == null ? (Long) now : before;
    }

    private static Duration atMost(long nanos, Duration lasting) {
        Duration bound = Duration.ofNanos(nanos);
        return lasting.compareTo(bound) > 0 ? bound : lasting;
    }
}
