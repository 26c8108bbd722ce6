package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import java.util.HashSet;
import java.util.Set;

/** Paused handlers of a queue of the in-memory store. */
final class TwinHandlers {

    private final Set<HandlerName> paused = new HashSet<>();

    Set<HandlerName> paused() {
        return paused;
    }

    boolean isPaused(TwinJob job) {
        return paused.contains(job.asked.spec().handler());
    }

    boolean set(HandlerName handler, boolean pause) {
        if (pause && !paused.contains(handler) && paused.size() >= JobStore.MOST_PAUSED_HANDLERS) {
            return false;
        }
        if (pause) {
            paused.add(handler);
        } else {
            paused.remove(handler);
        }
        return true;
    }
}
