package io.mainstay.queue.health;

import java.time.Duration;

/** Notified when this instance stops making progress, and when it continues. Called by the watchdog's thread; must return at once and must not throw. */
public interface StallObserver {

    /**
     * Liveness is down from now on.
     *
     * @param reason a slug that does not change
     * @param lasting for how long there has been no progress
     */
    void stalled(String reason, Duration lasting);

    /**
     * Liveness is up again.
     *
     * @param reason why it was down
     * @param lasted for how long there was no progress, as far as anybody looked
     */
    void recovered(String reason, Duration lasted);
}
