package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Paused handlers of a queue of the in-memory store, and the jobs that claims put aside for them. */
final class TwinHandlers {

    private final Set<HandlerName> paused = new HashSet<>();
    private final Set<HandlerName> resuming = new LinkedHashSet<>();
    private final Set<JobId> parked = new HashSet<>();

    Set<HandlerName> paused() {
        return paused;
    }

    boolean isPaused(TwinJob job) {
        return paused.contains(job.asked.spec().handler());
    }

    /** @param waiting its jobs that are parked */
    boolean set(HandlerName handler, boolean pause, Collection<TwinJob> waiting) {
        if (pause && !paused.contains(handler) && paused.size() >= JobStore.MOST_PAUSED_HANDLERS) {
            return false;
        }
        resuming.remove(handler);
        if (pause) {
            paused.add(handler);
        } else {
            paused.remove(handler);
            if (!waiting.isEmpty()) {
                resuming.add(handler);
            }
        }
        return true;
    }

    boolean areResuming() {
        return !resuming.isEmpty();
    }

    /**
     * Puts back some of each resumed handler.
     *
     * @param waiting those of a handler that are parked, first come first
     * @return those that are parked no more
     */
    List<TwinJob> resume(int most, Function<HandlerName, List<TwinJob>> waiting) {
        List<TwinJob> all = new ArrayList<>();
        for (HandlerName handler : List.copyOf(resuming)) {
            List<TwinJob> back = waiting.apply(handler).stream().limit(most).toList();
            back.forEach(this::unpark);
            all.addAll(back);
            if (back.size() < most) {
                resuming.remove(handler);
            }
        }
        return all;
    }

    void park(TwinJob job) {
        parked.add(job.asked.id());
    }

    void unpark(TwinJob job) {
        parked.remove(job.asked.id());
    }

    boolean isParked(TwinJob job) {
        return parked.contains(job.asked.id());
    }

    Set<JobId> parked() {
        return Set.copyOf(parked);
    }
}
