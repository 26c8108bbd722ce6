package io.mainstay.redis.connection;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Which of the links to the same place asks for the node's role next: one of them every command time-out, by turns, so that however many there are, a
 * node that vanished or became a replica is noticed as soon as by one. Whoever finds anything amiss has all the others ask at
 * once. Each asks after a few rounds, whatever the others do, for its connection may vanish alone. The nodes of a cluster share a command
 * time-out, up to four of them: what became a replica there says so to whoever wants a key, and wake-ups are tried at each every second.
 * Times are those of {@link System#nanoTime}. Thread-safe.
 */
final class RoleTurns {

    /** In command time-outs; twice that in a cluster. */
    private static final int OWN_TURN_AFTER = 8;

    private static final int MOST_SHARE = 4;

    private final long every;
    private final IntSupplier places;
    private final AtomicLong askedAt = new AtomicLong(System.nanoTime());
    private final AtomicInteger links = new AtomicInteger();
    private volatile long alarmedAt = System.nanoTime();

    /** @param places where there are links to; those of a cluster take turns, too */
    RoleTurns(LinkLimits limits, IntSupplier places) {
        this.every = limits.silence();
        this.places = places;
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
        int sharers = Math.min(places.getAsInt(), MOST_SHARE);
        long turn = sharers * every;
        boolean othersFirst = links.get() > 1 && now - askedBefore < turn + turn / 2;
        return now - asked > turn && !othersFirst && askedAt.compareAndSet(asked, now)
                || now - askedBefore > OWN_TURN_AFTER * Math.min(sharers, 2) * every
                || alarmedAt - askedBefore > 0;
    }

    /** Something is wrong with one of the links. */
    void alarm(long now) {
        if (now - alarmedAt > every) {
            alarmedAt = now;
        }
    }
}
