package io.mainstay.queue;

import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;

/** Answer to a request that moves one job. */
public sealed interface Change {

    /** Done now, or by an earlier sending of the same request; the job as it is now. */
    record Applied(Job job) implements Change {}

    /** The job's state does not allow it. */
    record NotAllowed(JobState state) implements Change {}

    /** It keeps the order of its group, in which priorities mean nothing. */
    record Ordered() implements Change {}

    /** Another job holds the unique key. */
    record KeyTaken(JobId holder, JobState state) implements Change {}

    /** The queue has no such job. */
    record NotFound() implements Change {}
}
