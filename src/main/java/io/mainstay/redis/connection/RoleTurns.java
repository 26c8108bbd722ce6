package io.mainstay.redis.connection;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which of the links to the same place asks for the node's role next: one of them every command time-out, by turns, so that however many there are, a
 * node that vanished or became a replica is noticed as soon as by one. Whoever finds anything amiss has all the others ask at
 * once. Each asks after a few rounds, whatever the others do, for its connection may vanish alone. Times are those of
 * {@link System#nanoTime}. Thread-safe.
 */
final class RoleTurns {

    /** In command time-outs. */
    private static final int OWN_TURN_AFTER = 8;

    private final long every;
    private final AtomicLong askedAt = new AtomicLong(System.nanoTime());
    private volatile long alarmedAt = System.nanoTime();

    RoleTurns(LinkLimits limits) {
        this.every = limits.silence();
    }

    /** @param askedBefore when this link asked last */
    boolean isMine(long now, long askedBefore) {
        long asked = askedAt.get();
        return now - asked > every && askedAt.compareAndSet(asked, now)
                || now - askedBefore > OWN_TURN_AFTER * every
                || alarmedAt - askedBefore > 0;
    }

    /** Something is wrong with one of the links. */
    void alarm(long now) {
        if (now - alarmedAt > every) {
            alarmedAt = now;
        }
    }
}
