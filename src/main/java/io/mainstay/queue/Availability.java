package io.mainstay.queue;

/** Whether there is anybody who could run a job. */
public enum Availability {
    /** Some instance serves its queue and has its handler; or that cannot be told. */
    AVAILABLE,
    /** Its queue is served, but not by an instance that has its handler. */
    NO_HANDLER,
    /** No instance serves its queue. */
    NO_QUEUE
}
