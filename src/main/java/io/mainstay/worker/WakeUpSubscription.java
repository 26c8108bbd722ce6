package io.mainstay.worker;

import io.mainstay.queue.WakeUps;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** The subscription to wake-ups: opened, and opened again should that have failed. Thread-safe. */
@Singleton
final class WakeUpSubscription {

    private static final Logger LOG = Logger.getLogger(WakeUpSubscription.class);

    private final WakeUps wakeUps;
    private volatile AutoCloseable subscription;

    WakeUpSubscription(WakeUps wakeUps) {
        this.wakeUps = wakeUps;
    }

    /** Whether hints are known to arrive to us. Never throws: polling hangs on it. */
    boolean live() {
        try {
            return subscription != null && wakeUps.live();
        } catch (RuntimeException e) {
            LOG.debug("the state of wake-ups could not be read", e);
            return false;
        }
    }

    /** Has the listener told, unless one is already. */
    synchronized void open(WakeUps.Listener listener) {
        try {
            if (subscription == null) {
                subscription = wakeUps.listen(listener);
            }
        } catch (RuntimeException e) {
            LOG.warn("no wake-ups; jobs are found by polling", e);
        }
    }

    synchronized void close() {
        try {
            if (subscription != null) {
                subscription.close();
            }
        } catch (Exception e) {
            LOG.debug("the subscription to wake-ups did not close cleanly", e);
        }
    }
}
