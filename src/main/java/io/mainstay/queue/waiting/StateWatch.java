package io.mainstay.queue.waiting;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One job that somebody waits for, and when its state is looked at next: ever more seldom. Thread-safe. */
final class StateWatch {

    /** After how long the instances are asked again to tell of its end: one may be new, or have missed it. */
    static final Duration AGAIN = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
    /** Most jobs that are waited for end before that. Then the instances are asked to tell, and there is one more look soon. */
    private static final Duration ASKING_PAUSE = Duration.ofMillis(80);

    /** While nobody is known to tell. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);
    /** While somebody does; with the grid, it bounds what a lost message costs to a second. */
    private static final Duration PAUSE_IF_TOLD = Duration.ofMillis(850);
    /** Long pauses end together, so that the looks of many go in one call. */
    private static final long GRID = Duration.ofMillis(50).toNanos();

    /** With the queue as callers know it: whoever waits does not know where the job lies. */
    record Key(QueueName queue, JobId id) {

        Key {
            queue = queue.logical();
        }
    }

    private final Key key;
    private final Set<UniEmitter<? super Void>> waiters = ConcurrentHashMap.newKeySet();
    private Duration pause = FIRST_PAUSE;
    private long dueAt = System.nanoTime() + FIRST_PAUSE.toNanos();
    private boolean underWay;
    /** A message came while a look was under way, which may have been too early. */
    private boolean again;

    private long askAgainAt;
    private boolean asked;

    StateWatch(Key key) {
        this.key = key;
    }

    Key key() {
        return key;
    }

    void add(UniEmitter<? super Void> waiter) {
        waiters.add(waiter);
    }

    /** @return whether somebody else still waits */
    boolean remove(UniEmitter<? super Void> waiter) {
        waiters.remove(waiter);
        return !waiters.isEmpty();
    }

    /** Tells all who wait that there is nothing more to wait for. */
    void end() {
        waiters.forEach(waiter -> waiter.complete(null));
    }

    /** When it is to be looked at; far away while it is. */
    synchronized long dueAt(long now) {
        return underWay ? now + AGAIN.toNanos() : dueAt;
    }

    /** Begins a look if it is time. */
    synchronized boolean begin(long now) {
        if (underWay || dueAt - now > 0) {
            return false;
        }
        underWay = true;
        again = false;
        return true;
    }

    /** It had not ended, or nobody answered. */
    synchronized void goesOn(boolean told, long now) {
        underWay = false;
        Duration twice = pause.multipliedBy(2);
        Duration longest = told ? PAUSE_IF_TOLD : LONGEST_PAUSE;
        pause = pause.compareTo(LONGEST_PAUSE) >= 0 || twice.compareTo(LONGEST_PAUSE) >= 0 ? longest : twice;
        long next = now + pause.toNanos();
        dueAt = again ? now : pause.compareTo(LONGEST_PAUSE) < 0 ? next : next + GRID - Math.floorMod(next, GRID);
    }

    /** Somebody says that it has ended. */
    synchronized void endTold(long now) {
        dueAt = now;
        again = true;
    }

    /** Whether it is time to ask the instances to tell of its end; then that counts as done. */
    synchronized boolean toBeAsked(long now) {
        if (pause.compareTo(ASKING_PAUSE) < 0 || asked && askAgainAt - now > 0) {
            return false;
        }
        asked = true;
        askAgainAt = now + AGAIN.toNanos();
        return true;
    }
}
