package io.mainstay.auth;

import io.mainstay.queue.lookup.CallRate;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What one caller has had of an instance lately, and has open there.
 *
 * @param rate null if there is no limit
 */
record CallerUse(CallRate rate, AtomicIntegerArray open) {

    static CallerUse none(CallRate rate) {
        return new CallerUse(rate, new AtomicIntegerArray(CallerLimits.Kind.values().length));
    }

    /**
     * Counts a request as open until {@link #close}.
     *
     * @param most 0: no limit
     * @return whether there was room
     */
    boolean open(CallerLimits.Kind kind, int most) {
        if (open.incrementAndGet(kind.ordinal()) > most && most > 0) {
            close(kind);
            return false;
        }
        return true;
    }

    void close(CallerLimits.Kind kind) {
        open.decrementAndGet(kind.ordinal());
    }

    /** Whether nothing of it would be missed. */
    boolean idle() {
        for (int i = 0; i < open.length(); i++) {
            if (open.get(i) > 0) {
                return false;
            }
        }
        return rate == null || rate.idle();
    }
}
