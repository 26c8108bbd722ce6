package io.mainstay.queue;

import io.mainstay.job.HandlerName;
import io.mainstay.queue.route.Served;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What one claim from a queue of the in-memory store takes, and how much of it is left to take. */
final class TwinServed {

    /** Whatever waits. */
    static final TwinServed ALL = new TwinServed(null, Set.of());

    private final Served served;
    private final Set<HandlerName> paused;
    private final Map<String, Integer> used = new HashMap<>();

    /** @param served null for all */
    TwinServed(Served served, Set<HandlerName> paused) {
        this.served = served;
        this.paused = Set.copyOf(paused);
    }

    /** Whether it takes such jobs at all. */
    boolean serves(TwinJob job) {
        HandlerName handler = job.asked.spec().handler();
        return !paused.contains(handler) && (served == null || served.handlers().contains(handler));
    }

    /** Whether it takes such a job now. */
    boolean wants(TwinJob job) {
        return serves(job) && room(job) > used.getOrDefault(job.target(), 0);
    }

    /** How many it takes in all of the job's target. */
    int room(TwinJob job) {
        return served == null || job.target() == null
                ? Integer.MAX_VALUE
                : served.targets()
                        .of()
                        .getOrDefault(job.target(), served.targets().ofEach());
    }

    void started(TwinJob job) {
        used.merge(job.target() == null ? "" : job.target(), 1, Integer::sum);
    }
}
