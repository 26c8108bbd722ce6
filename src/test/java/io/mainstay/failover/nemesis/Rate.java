package io.mainstay.failover.nemesis;

import java.util.concurrent.TimeUnit;

/** Bytes a second, shared by whoever takes some. Thread-safe. */
final class Rate {

    static final long UNLIMITED = 0;

    private static final int STEPS_PER_SECOND = 20;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long perSecond = UNLIMITED;
    private long free = System.nanoTime();

    /** Whoever waits goes on by the new rate. */
    synchronized void set(long bytesPerSecond) {
        perSecond = bytesPerSecond;
        free = System.nanoTime();
        notifyAll();
    }

    /**
     * Waits until some bytes have had their time, few enough at once for a slow flow to be one, and not a burst now and then.
     *
     * @return how many; at least one
     */
    synchronized int take(int most) throws InterruptedException {
        if (perSecond == UNLIMITED) {
            return most;
        }
        int taken = (int) Math.max(1, Math.min(most, perSecond / STEPS_PER_SECOND));
        free = Math.max(free, System.nanoTime()) + taken * SECOND / perSecond;
        long mine = free;
        long rate = perSecond;
        for (long left = mine - System.nanoTime(); left > 0 && rate == perSecond; left = mine - System.nanoTime()) {
            wait(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        }
        return taken;
    }
}
