package io.mainstay.health;

import io.mainstay.queue.health.NoticedBy;
import java.time.Duration;
import java.util.Optional;

/** Told of every change of a supervised connection, on any thread; must return at once. */
public interface ConnectionObserver {

    /** Who is told of another store than the first. */
    default ConnectionObserver ofStore(String store) {
        return this;
    }

    /** There is one more link; it begins as {@link LinkState#CONNECTING}. */
    default void linkOpened(LinkKind kind) {}

    default void linkChanged(LinkKind kind, LinkState from, LinkState to) {}

    /** A link is lost; told before its change to {@link LinkState#DEAD}. */
    default void linkLost(LinkKind kind, NoticedBy by) {}

    /**
     * A link is not needed any more: what it led to is gone.
     *
     * @param last the state it was in
     */
    default void linkClosed(LinkKind kind, LinkState last) {}

    /**
     * What is known of why a link does not come about has changed.
     *
     * @param link what it is called
     * @param fault what is wrong with how it is configured, in one sentence for people; empty if nothing is, any more
     */
    default void linkMisconfigured(String link, Optional<String> fault) {}

    /** The store refuses writes, or writes of some kind. Told once, until they are taken again. */
    default void writesRefused() {}

    default void writesTaken() {}

    default void subscriptionChanged(SubscriptionState to) {}

    /**
     * A message of this instance to itself came back: wake-ups arrive.
     *
     * @param travelled how long the latest took, its publishing included
     */
    default void wakeUpProven(Duration travelled) {}

    /** @param kind what the store said of its own maintenance; one of few */
    default void maintenanceAnnounced(String kind) {}
}
