package io.mainstay.auth;

import io.mainstay.queue.lookup.CallRate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The {@link CallerUse} of each caller. Of 10,000 at most: beyond, callers share one, after the idle ones were dropped. Thread-safe. */
final class CallerUses {

    static final int MOST = 10_000;

    private final int perSecond;
    private final LongSupplier nanos;
    private final Map<String, CallerUse> uses = new ConcurrentHashMap<>();
    private final CallerUse others;

    /** @param perSecond 0: no limit */
    CallerUses(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.others = make();
    }

    CallerUse of(String caller) {
        CallerUse use = uses.get(caller);
        if (use != null) {
            return use;
        }
        if (uses.size() >= MOST) {
            uses.values().removeIf(CallerUse::idle);
        }
        return uses.size() >= MOST ? others : uses.computeIfAbsent(caller, unknown -> make());
    }

    private CallerUse make() {
        return CallerUse.none(perSecond == 0 ? null : new CallRate(perSecond, nanos));
    }
}
