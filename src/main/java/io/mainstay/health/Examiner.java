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
 * does not count, nor does time in which this process itself stood still; both start the count anew. For one thread.
 */
final class Examiner {

    private final Senses senses;
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
    private Long stuckSince;

    private Long lyingSince;

    /** @param longestGap between two looks, beyond which the process must have been frozen */
    Examiner(Senses senses, Duration longestGap, LongSupplier nanoTime) {
        this.senses = senses;
        this.nanoTime = nanoTime;
        this.longestGap = longestGap;
        this.lookedAt = nanoTime.getAsLong();
        this.awakeSince = lookedAt;
        this.excusedAt = lookedAt;
        this.forgottenAt = lookedAt;
    }

    Finding examine() {
        long now = nanoTime.getAsLong();
        if (now - lookedAt > longestGap.toNanos()) {
            awakeSince = now;
            stuckSince = null;
            lyingSince = null;
        }
        lookedAt = now;
        Optional<String> excuse = excuse();
        if (excuse.isPresent()) {
            excusedAt = now;
        }
        List<Symptom> symptoms = withoutExcuse(now);
        if (excuse.isEmpty()) {
            symptoms.addAll(excusable(now));
        }
        return new Finding(excuse, symptoms.stream().max(Comparator.comparing(Symptom::lasting)));
    }

    private List<Symptom> withoutExcuse(long now) {
        List<Symptom> symptoms = new ArrayList<>();
        Duration owed = atMost(now - awakeSince, senses.turnOwed());
        if (!owed.isZero()) {
            symptoms.add(new Symptom(StallReason.LOOP_FROZEN, "an event loop does not come round", owed));
        }
        int stuck = senses.workers.stuck();
        stuckSince = since(stuckSince, stuck > 0, now);
        if (stuck > 0) {
            String text = stuck + " workers are held by attempts past their time-out";
            symptoms.add(new Symptom(StallReason.WORKERS_LOST, text, Duration.ofNanos(now - stuckSince)));
        }
        return symptoms;
    }

    private List<Symptom> excusable(long now) {
        List<Symptom> symptoms = new ArrayList<>();
        if (senses.canary.forgotten()) {
            // A full Redis may evict what expires. Whether other jobs flow can still be seen.
            forgottenAt = now;
        }
        long since = Math.max(Math.max(awakeSince, excusedAt), forgottenAt);
        Duration unproven = atMost(now - since, senses.canary.age());
        String text = "workers are free and the store takes jobs, but no canary comes through; latest claim: "
                + senses.claims.latest();
        symptoms.add(new Symptom(StallReason.NO_PROOF, text, unproven));
        Optional<String> lying = senses.lyingQueue();
        lyingSince = since(lyingSince, lying.isPresent(), now);
        lying.ifPresent(queue -> symptoms.add(new Symptom(
                StallReason.DUE_JOBS_LIE,
                "queue " + queue + " has due jobs and is not claimed from",
                atMost(now - excusedAt, Duration.ofNanos(now - lyingSince)))));
        return symptoms;
    }

    private Optional<String> excuse() {
        WorkerStatus workers = senses.workers;
        if (!workers.enabled()) {
            return Optional.of("the workers are switched off");
        }
        if (workers.draining()) {
            return Optional.of("shutting down");
        }
        if (!senses.storeAnswers()) {
            return Optional.of("the store does not answer");
        }
        if (!senses.canary.taken()) {
            return Optional.of("the store takes no writes");
        }
        if (senses.claims.latest() == ClaimLog.Latest.REFUSED) {
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
