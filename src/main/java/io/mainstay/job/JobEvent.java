package io.mainstay.job;

/** What can happen to a job. One event, one Lua verb or one step of the sweep. */
public enum JobEvent {
    /** The jobs it waited for are done. */
    UNBLOCK,
    /** The same, and it has a start to wait for. */
    POSTPONE,
    /** The due time of a scheduled job has come (sweep). */
    PROMOTE,
    /** A worker took the lease. */
    CLAIM,
    /** The worker reported success under a valid lease. */
    COMPLETE,
    /** The worker reported a failure and attempts are left. */
    RETRY,
    /** The worker reported a final failure, attempts are spent, the job was not started in time or cannot be read. */
    BURY,
    /** The lease ran out with attempts left (sweep). */
    RESCUE,
    /** The worker gave the job back unrun; the attempt does not count. */
    RELEASE,
    /** Its handler asked that it be run again later; the attempt does not count. */
    SNOOZE,
    /** Somebody asked that it not run, or not any longer. */
    CANCEL,
    /** Somebody asked that an ended job run again, with fresh attempts. */
    REQUEUE
}
