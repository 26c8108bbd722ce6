package io.mainstay.client;

/** Why an attempt is to stop. What its handler returns then is dropped. */
public enum StopReason {
    /** Somebody cancelled the job. */
    CANCELLED,
    /** Its lease is over, or another worker has the job: the service could not be reached, or this process was paused. */
    LOST,
    /** It ran for as long as it may. */
    TIMED_OUT,
    /** The worker ends; the job goes back and the attempt is not counted. */
    SHUTDOWN
}
