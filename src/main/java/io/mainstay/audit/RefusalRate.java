package io.mainstay.audit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Bounds how many refused requests are recorded: {@value #BURST} at once, {@value #PER_SECOND} a second. Counts those left out. Thread-safe. */
final class RefusalRate {

    static final int BURST = 20;
    static final int PER_SECOND = 5;

    private static final long NANOS_EACH = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;

    private final LongSupplier nanos;
    /** Until when what was admitted has used up the rate. */
    private long usedUntil;

    private long leftOut;

    RefusalRate(LongSupplier nanos) {
        this.nanos = nanos;
        this.usedUntil = nanos.getAsLong();
    }

    synchronized boolean admits() {
        long now = nanos.getAsLong();
        long used = Math.max(0, usedUntil - now);
        if (used > NANOS_EACH * (BURST - 1)) {
            leftOut++;
            return false;
        }
        usedUntil = now + used + NANOS_EACH;
        return true;
    }

    /** How many were not admitted since this was asked last. */
    synchronized long takeLeftOut() {
        long count = leftOut;
        leftOut = 0;
        return count;
    }
}
