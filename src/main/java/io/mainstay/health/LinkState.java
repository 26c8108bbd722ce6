package io.mainstay.health;

/** What is known of a connection to the store. */
public enum LinkState {
    /** Being made; it has answered nothing yet. */
    CONNECTING,
    /** Answered in its time, and leads to a node that takes writes. */
    VERIFIED,
    /** Owes an answer for longer than is usual. */
    SUSPECT,
    /** Given up and closed; the next one is on its way. */
    DEAD
}
