package io.mainstay.stats;

/** What is counted of jobs. The order is that of the numbers in the store. */
public enum Measure {
    /** Jobs made. */
    ENQUEUED,
    /** Attempts that began. */
    STARTED,
    /** Jobs that succeeded. */
    SUCCEEDED,
    /** Attempts that failed, the last ones of jobs included. */
    FAILED,
    /** Jobs that died, of whatever. */
    DEAD
}
