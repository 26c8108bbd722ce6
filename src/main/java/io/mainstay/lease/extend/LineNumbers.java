package io.mainstay.lease.extend;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers lines that their worker did not number: each is higher than those of the same attempt before it, also if another instance
 * wrote these. A call that is sent again has the same numbers, so that its lines are written once. Thread-safe.
 */
final class LineNumbers {

    private static final long PER_MS = 32;

    private final AtomicLong last = new AtomicLong();

    /** @param now by the store's clock */
    long next(Instant now) {
        long byTime = now.toEpochMilli() * PER_MS;
        return last.updateAndGet(before -> Math.max(before + Extension.MOST_LINES, byTime));
    }
}
