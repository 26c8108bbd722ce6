package io.mainstay.client;

/** Why an attempt must stop. The result of its handler is then dropped. */
public enum StopReason {
    /** The job was cancelled. */
    CANCELLED,
    /** Its lease is over, or another worker has the job: the service could not be reached, or this process was paused. */
    LOST,
    /** It reached its time-out. */
    TIMED_OUT,
    /** The worker ends; the job returns to its queue and the attempt is not counted. */
    SHUTDOWN
}
