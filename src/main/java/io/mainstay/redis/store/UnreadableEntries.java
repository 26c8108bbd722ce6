package io.mainstay.redis.store;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * What lies among the queues and names none: somebody else wrote it. It is left out, so that it hides no queue, told once and
 * counted. Thread-safe.
 */
final class UnreadableEntries {

    private static final Logger LOG = Logger.getLogger(UnreadableEntries.class);
    /** Beyond, nothing more is told or counted. */
    private static final int MOST = 1000;

    private static final int MOST_SHOWN = 100;

    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    /** @param key where it lies */
    void found(String key, String entry) {
        String shown = entry.substring(0, Math.min(entry.length(), MOST_SHOWN));
        if (seen.size() < MOST && seen.add(key + " " + shown)) {
            LOG.warnf("Redis: '%s' in %s names no queue and is left out", shown, key);
        }
    }

    /** Each counted once. */
    int count() {
        return seen.size();
    }
}
