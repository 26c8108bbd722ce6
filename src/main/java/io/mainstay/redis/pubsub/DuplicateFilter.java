package io.mainstay.redis.pubsub;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Drops duplicates of messages that arrive on two paths: from the node that published them, and over the bus of the cluster. The first copy counts, on
 * whichever path it arrives. Copies are matched by text and number: one that arrived on one path is expected on the other for a while, because it may
 * have been lost there. Confined to an event loop.
 */
final class DuplicateFilter {

    /** Longer than a message takes on the slower path where all is well. */
    static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Texts that are expected; of more it forgets all, so that some count twice. */
    static final int MOST = 4096;

    /** Copies of one text that are expected; further ones count twice. */
    static final int MOST_OF_A_TEXT = 256;

    /** In characters. Longer ones count twice, which does no harm. */
    static final int LONGEST = 256;

    /** How a copy arrived. */
    enum Path {
        DIRECT,
        BUS
    }

    /** When copies arrived that are expected on the other path, the oldest first. */
    private record Expected(Path arrivedBy, Deque<Long> at) {}

    private final Map<String, Expected> expected = new HashMap<>();

    /** Whether it is the first copy. */
    boolean isFirst(String text, Path path, long now) {
        if (text.length() > LONGEST) {
            return true;
        }
        Expected there = expected.get(text);
        if (there != null) {
            forgetLost(there, now);
        }
        if (there == null || there.at().isEmpty()) {
            if (expected.size() >= MOST) {
                forgetLost(now);
            }
            expected.put(text, new Expected(path, new ArrayDeque<>(List.of(now))));
            return true;
        }
        if (there.arrivedBy() == path) {
            if (there.at().size() < MOST_OF_A_TEXT) {
                there.at().add(now);
            }
            return true;
        }
        there.at().remove();
        if (there.at().isEmpty()) {
            expected.remove(text);
        }
        return false;
    }

    /** How many texts are expected. */
    int size() {
        return expected.size();
    }

    private static void forgetLost(Expected there, long now) {
        while (!there.at().isEmpty() && now - there.at().peek() > LATE_NANOS) {
            there.at().remove();
        }
    }

    private void forgetLost(long now) {
        expected.values().removeIf(each -> {
            forgetLost(each, now);
            return each.at().isEmpty();
        });
        if (expected.size() >= MOST) {
            expected.clear();
        }
    }
}
