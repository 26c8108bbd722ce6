package io.mainstay.lease.claim;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * When waits end: those that end within the same moment together, with one timer for all of them, and nothing left of one that ended before.
 * Loop only.
 */
final class WaitEnds {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);

    private final ClaimLoop loop;
    private final long start;
    private final Consumer<Waiter> ended;
    /** By the tick, since the start, after which they end. */
    private final TreeMap<Long, Set<Waiter>> byTick = new TreeMap<>();

    private Runnable cancel = () -> {};
    private long timedFor = Long.MAX_VALUE;

    WaitEnds(ClaimLoop loop, Consumer<Waiter> ended) {
        this.loop = loop;
        this.start = loop.nanoTime();
        this.ended = ended;
    }

    void add(Waiter waiter) {
        byTick.computeIfAbsent(tickOf(waiter.end()), tick -> new LinkedHashSet<>())
                .add(waiter);
        set();
    }

    void remove(Waiter waiter) {
        long tick = tickOf(waiter.end());
        Set<Waiter> same = byTick.get(tick);
        if (same != null && same.remove(waiter) && same.isEmpty()) {
            byTick.remove(tick);
        }
    }

    private long tickOf(long nanos) {
        return Math.floorDiv(nanos - start + TICK - 1, TICK);
    }

    private void set() {
        if (byTick.isEmpty() || byTick.firstKey() >= timedFor) {
            return;
        }
        cancel.run();
        timedFor = byTick.firstKey();
        long wait = start + timedFor * TICK - loop.nanoTime();
        // Timers know whole milliseconds.
        cancel = loop.after(Duration.ofNanos(Math.max(0, wait)).plusMillis(1), this::end);
    }

    private void end() {
        timedFor = Long.MAX_VALUE;
        cancel = () -> {};
        long now = Math.floorDiv(loop.nanoTime() - start, TICK);
        while (!byTick.isEmpty() && byTick.firstKey() <= now) {
            List.copyOf(byTick.pollFirstEntry().getValue()).forEach(ended);
        }
        set();
    }
}
