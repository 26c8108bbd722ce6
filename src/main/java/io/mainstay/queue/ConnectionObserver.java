package io.mainstay.queue;

/** Told of every change of a supervised connection, on any thread; must return at once. */
public interface ConnectionObserver {

    /** @param link names the connection among those of this instance; one of few */
    default void linkChanged(String link, LinkState to) {}

    default void subscriptionChanged(SubscriptionState to) {}
}
