package io.mainstay.queue;

/** Whether there is anybody who could run a job. */
public enum Availability {
    /** Some instance or remote worker serves its queue and has its handler; or that cannot be told. */
    AVAILABLE,
    /** Its queue is served, but not by anybody that has its handler. */
    NO_HANDLER,
    /** Nobody serves its queue. */
    NO_QUEUE
}
