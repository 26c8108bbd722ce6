package io.mainstay.worker;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells whether the loop comes round, by asking for a turn through the same mailbox as everybody else. Nothing is asked
 * while a question is open, so a stuck loop finds one question waiting, not thousands. Thread-safe.
 */
@Singleton
final class LoopProbe {

    /** Time-outs are looked at many times a second; one that is ignored for this long is not looked at any more. */
    private static final Duration STUCK = Duration.ofSeconds(2);

    private final WorkerLoop loop;
    private final WorkerSlots slots;
    /** When the open question was asked; null if there is none. */
    private final AtomicReference<Long> asked = new AtomicReference<>();

    private volatile int stuck;

    LoopProbe(WorkerLoop loop, WorkerSlots slots) {
        this.loop = loop;
        this.slots = slots;
    }

    Duration lag() {
        long now = System.nanoTime();
        if (asked.compareAndSet(null, now)) {
            loop.run(this::turn);
        }
        Long since = asked.get();
        return since == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - since));
    }

    int stuck() {
        return stuck;
    }

    private void turn() {
        asked.set(null);
        long then = System.nanoTime() - STUCK.toNanos();
        stuck = slots.attempts(attempt -> attempt.pastDeadline(then)).size();
    }
}
