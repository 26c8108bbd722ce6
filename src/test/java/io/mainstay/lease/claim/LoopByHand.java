package io.mainstay.lease.claim;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;

/** A loop that runs when a test says so, and whose time stands still in between. Not thread-safe. */
final class LoopByHand implements ClaimLoop {

    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private long now = 1_000_000_000L;

    private record Timer(long at, Runnable task) {}

    @Override
    public void run(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Runnable after(Duration wait, Runnable task) {
        Timer timer = new Timer(now + wait.toNanos(), task);
        timers.add(timer);
        return () -> timers.removeIf(other -> other == timer);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    /** Until nothing is left to do at this time. */
    void turn() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    /** Lets time pass, timer by timer. */
    void advance(Duration by) {
        long end = now + by.toNanos();
        turn();
        while (true) {
            Timer next = timers.stream()
                    .filter(timer -> timer.at <= end)
                    .min(Comparator.comparingLong(Timer::at))
                    .orElse(null);
            if (next == null) {
                break;
            }
            timers.remove(next);
            now = Math.max(now, next.at);
            next.task.run();
            turn();
        }
        now = end;
    }

    int timers() {
        return timers.size();
    }
}
