package io.mainstay.mirror;

import java.util.concurrent.atomic.AtomicLong;

/** What this instance has counted of one mirrored queue. Thread-safe. */
public final class MirrorCounts {

    private final AtomicLong copiesStarted = new AtomicLong();
    private final AtomicLong runsTwice = new AtomicLong();

    void copiesStarted(int more) {
        copiesStarted.addAndGet(more);
    }

    void ranTwice(int more) {
        runsTwice.addAndGet(more);
    }

    /** Copies that started because their owner was silent. */
    public long copiesStarted() {
        return copiesStarted.get();
    }

    /** Jobs that ran in an older owner when it gave them up: they run in the other store as well. */
    public long runsTwice() {
        return runsTwice.get();
    }
}
