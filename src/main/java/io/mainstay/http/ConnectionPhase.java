package io.mainstay.http;

/** Where a connection stands between a request and its answer. */
enum ConnectionPhase {
    /** No request is under way: nothing may come. */
    IDLE,
    /** A request is being written. */
    SENDING,
    /** It was written as a whole. */
    SENT,
    /** The final answer has begun. */
    ANSWERING,
    /** It has ended, which the pool was not told yet. */
    ENDED,
    /** Nothing is passed on any more. */
    CLOSED
}
