package io.mainstay.worker;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The end of the work: running jobs may finish for the grace period, the rest is given back, and the last reports get a
 * moment to reach the store. It ends within {@link #bound()} whatever the store does. Loop only.
 */
@Singleton
final class Drain {

    /** For the last answers of the store. */
    static final Duration LAST_CALLS = Duration.ofSeconds(5);

    private final WorkerLoop loop;
    private final ServedQueues servedQueues;
    private final WorkerSlots slots;
    private final ReportSender reports;
    private final Duration grace;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private boolean lastCalls;

    Drain(WorkerLoop loop, ServedQueues servedQueues, WorkerSlots slots, ReportSender reports, WorkerConfig config) {
        this.loop = loop;
        this.servedQueues = servedQueues;
        this.slots = slots;
        this.reports = reports;
        this.grace = config.gracePeriod();
    }

    /** Completes when everything has ended, or its time is up. Any thread. */
    CompletableFuture<Void> done() {
        return done;
    }

    Duration bound() {
        return grace.plus(LAST_CALLS);
    }

    /** Any thread. Idempotent. */
    void begin() {
        loop.run(() -> {
            if (!begun()) {
                slots.close();
                loop.after(grace, slots::releaseAll);
            }
            loop.dispatchSoon();
        });
    }

    /** Any thread. */
    boolean begun() {
        return slots.closed();
    }

    /** To be called when something may have ended. */
    void look() {
        if (!begun() || slots.busy() > 0) {
            return;
        }
        if (reports.unsettled() == 0 && !servedQueues.claiming()) {
            done.complete(null);
        } else if (!lastCalls) {
            lastCalls = true;
            loop.after(LAST_CALLS, () -> done.complete(null));
        }
    }
}
