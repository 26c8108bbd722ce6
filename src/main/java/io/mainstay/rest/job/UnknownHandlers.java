package io.mainstay.rest.job;

/** What becomes of a job with a handler that was never heard of. */
public enum UnknownHandlers {
    /** 422. */
    REFUSE,
    /** It is accepted, and waits until a worker has the handler. */
    ACCEPT
}
