package io.mainstay.lease.claim;

import java.time.Duration;

/** The one thread that owns the state of waiting requests, instead of locks, and its time. */
interface ClaimLoop {

    /** Runs the task now if on the loop, else soon. Whatever it throws is logged. Any thread. */
    void run(Runnable task);

    /**
     * Runs the task after a while. Loop only.
     *
     * @return cancels it
     */
    Runnable after(Duration wait, Runnable task);

    /** As {@link System#nanoTime}. Any thread. */
    long nanoTime();
}
