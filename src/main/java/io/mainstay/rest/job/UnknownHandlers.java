package io.mainstay.rest.job;

/** What happens to a job with an unknown handler. */
public enum UnknownHandlers {
    /** 422. */
    REFUSE,
    /** It is accepted, and waits until a worker has the handler. */
    ACCEPT
}
