package io.mainstay.redis.pubsub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Messages that come twice, by two ways of which now the one is faster, now the other: the first to come counts. A message is told from one
 * that was published later by counting: what came by one way is waited for by the other, for a while, as it may have been lost. Confined to
 * an event loop.
 */
final class TwoWays {

    /** Later than any message comes by the slower way where all is well. */
    static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Texts that are waited for; of more it forgets all, so that some count twice. */
    static final int MOST = 4096;

    /** In characters. Longer ones count twice: what they say of many jobs is of no harm twice. */
    static final int LONGEST = 256;

    /** The two ways. */
    enum Way {
        DIRECT,
        BUS
    }

    /** What came by one way and not yet by the other, the oldest first. Never empty. */
    private record Awaited(Way came, Deque<Long> at) {}

    private final Map<String, Awaited> awaited = new HashMap<>();

    /** Whether it is the first of the two. */
    boolean isFirst(String text, Way way, long now) {
        if (text.length() > LONGEST) {
            return true;
        }
        Awaited there = awaited.get(text);
        if (there != null) {
            forget(there, now);
        }
        if (there == null || there.at().isEmpty()) {
            if (awaited.size() >= MOST) {
                forgetLate(now);
            }
            Deque<Long> first = new ArrayDeque<>();
            first.add(now);
            awaited.put(text, new Awaited(way, first));
            return true;
        }
        if (there.came() == way) {
            there.at().add(now);
            return true;
        }
        there.at().remove();
        if (there.at().isEmpty()) {
            awaited.remove(text);
        }
        return false;
    }

    /** How many texts are waited for. */
    int size() {
        return awaited.size();
    }

    private static void forget(Awaited there, long now) {
        while (!there.at().isEmpty() && now - there.at().peek() > LATE_NANOS) {
            there.at().remove();
        }
    }

    private void forgetLate(long now) {
        Iterator<Awaited> all = awaited.values().iterator();
        while (all.hasNext()) {
            Awaited each = all.next();
            forget(each, now);
            if (each.at().isEmpty()) {
                all.remove();
            }
        }
        if (awaited.size() >= MOST) {
            awaited.clear();
        }
    }
}
