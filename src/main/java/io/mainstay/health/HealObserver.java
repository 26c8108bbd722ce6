package io.mainstay.health;

import io.mainstay.queue.Recyclable;

/** Notified when the watchdog heals, on its thread; must return at once. */
public interface HealObserver {

    /**
     * Something was thrown away to be replaced.
     *
     * @param what name of the {@link Recyclable}
     * @param reason why; never {@link StallReason#WATCHDOG_DEAD}
     */
    void healed(String what, StallReason reason);
}
