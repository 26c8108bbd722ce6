package io.mainstay.redis.connection;

import java.util.concurrent.atomic.AtomicInteger;
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
    private final AtomicInteger links = new AtomicInteger();
    private volatile long alarmedAt = System.nanoTime();

    RoleTurns(LinkLimits limits) {
        this.every = limits.silence();
    }

    /** One more link. */
    void join() {
        links.incrementAndGet();
    }

    /** It is closed. */
    void leave() {
        links.decrementAndGet();
    }

    /** @param askedBefore when this link asked last */
    boolean isMine(long now, long askedBefore) {
        long asked = askedAt.get();
        boolean othersFirst = links.get() > 1 && now - askedBefore < every + every / 2;
        return now - asked > every && !othersFirst && askedAt.compareAndSet(asked, now)
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
