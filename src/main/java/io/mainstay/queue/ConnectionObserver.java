package io.mainstay.queue;

import java.time.Duration;

/** Told of every change of a supervised connection, on any thread; must return at once. */
public interface ConnectionObserver {

    /** @param link names the connection among those of this instance; one of few */
    default void linkChanged(String link, LinkState to) {}

    default void subscriptionChanged(SubscriptionState to) {}

    /**
     * A message of this instance to itself came back: wake-ups come through.
     *
     * @param travelled how long the latest took, its publishing included
     */
    default void wakeUpProven(Duration travelled) {}

    /** @param kind what the store said of its own maintenance; one of few */
    default void maintenanceAnnounced(String kind) {}
}
