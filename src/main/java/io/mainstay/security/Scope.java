package io.mainstay.security;

import java.util.Locale;

/** Which queues an operation is about, hence which the caller's patterns must match. */
public enum Scope {
    /** The one that path parameter {@code queue} names. */
    QUEUE,
    /** Those that the request's body names: the operation asks {@link CurrentCaller} for each of them before it does anything. */
    BODY,
    /**
     * Those that what the path names is about, such as a flow: which they are is known once it was read. What is about a queue of others
     * is answered as if it were not there.
     */
    STORED,
    /** Any: the answer is filtered down to the caller's queues. */
    FILTERED,
    /** All of them: the caller needs the pattern {@code *}. */
    ALL,
    /** None: about the caller itself. */
    NONE;

    /** As it is written in descriptions. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
