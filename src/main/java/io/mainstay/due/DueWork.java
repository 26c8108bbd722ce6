package io.mainstay.due;

/** The kinds of due work of a queue. */
public enum DueWork {
    /** A claim: a job may start or becomes due, or a lease ends. */
    CLAIM,
    /** Flows are owed news of jobs. */
    FLOW_NEWS,
    /** Ended jobs are to be deleted, or the queue is to be forgotten. */
    PRUNE
}
