package io.mainstay.health;

/** What is known of the subscription that brings wake-ups. */
public enum SubscriptionState {
    /** Being made. */
    CONNECTING,
    /** A message of our own came back a moment ago. */
    LIVE,
    /** A message of our own is late. */
    SUSPECT,
    /** Given up; polling is fast until it is back. */
    DOWN
}
