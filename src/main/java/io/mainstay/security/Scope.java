package io.mainstay.security;

/** Which queues an operation is about, hence which the caller's patterns have to match. */
public enum Scope {
    /** The one that path parameter {@code queue} names. */
    QUEUE,
    /** Those that the request's body names: the operation asks {@link CurrentCaller} for each of them before it does anything. */
    BODY,
    /** Any: the answer is filtered down to the caller's queues. */
    FILTERED,
    /** All of them: the caller needs the pattern {@code *}. */
    ALL,
    /** None: about the caller itself. */
    NONE
}
