package io.mainstay.worker;

import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Stops attempts whose time is up, or whose lease must have ended unextended. One look at all of them every now and
 * then, only while any run: a timer for each of tens of thousands of jobs a second would cost more than the jobs. Loop
 * only.
 */
@Singleton
final class TimeoutChecker implements LoopTimers.Timer {

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final WorkerLoop loop;
    private final WorkerSlots slots;
    private Runnable cancelTimer = () -> {};
    private boolean watching;

    TimeoutChecker(WorkerLoop loop, WorkerSlots slots) {
        this.loop = loop;
        this.slots = slots;
    }

    /** To be called whenever attempts may have begun. */
    void watch() {
        if (!watching && slots.busy() > 0) {
            cancelTimer = loop.after(LOOK_EVERY, this::look);
            watching = true;
        }
    }

    /** Looks now, whatever became of the timer. */
    @Override
    public void restart() {
        cancelTimer.run();
        look();
    }

    private void look() {
        watching = false;
        long now = System.nanoTime();
        slots.attempts(attempt -> attempt.leaseOver(now)).forEach(slots::leaseOver);
        slots.attempts(attempt -> attempt.pastDeadline(now)).forEach(slots::timeOut);
        watch();
    }
}
