package io.mainstay.queue.lookup;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets so many through a second, and a second's worth at once after a pause. One number is enough: when the last of those let through would
 * have come, had they come evenly (GCRA, the algorithm of ATM networks). Thread-safe, without a lock.
 */
public final class CallRate {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long between;
    private final LongSupplier nanos;
    private final AtomicLong evenly;

    /** @param nanos as {@link System#nanoTime} */
    public CallRate(long perSecond, LongSupplier nanos) {
        this.between = SECOND / perSecond;
        this.nanos = nanos;
        this.evenly = new AtomicLong(nanos.getAsLong() - SECOND);
    }

    public boolean take() {
        return takeOrWait() == 0;
    }

    /** Lets one through (0), or says in how many nanoseconds one would be. */
    public long takeOrWait() {
        while (true) {
            long now = nanos.getAsLong();
            long last = evenly.get();
            // What was not used for longer than a second is lost.
            long next = (last - (now - SECOND) < 0 ? now - SECOND : last) + between;
            if (next - now > 0) {
                return next - now;
            }
            if (evenly.compareAndSet(last, next)) {
                return 0;
            }
        }
    }

    /** Whether it has not let anything through within a second. */
    public boolean idle() {
        return nanos.getAsLong() - SECOND - evenly.get() >= 0;
    }
}
