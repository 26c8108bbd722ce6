package io.mainstay.queue;

import io.mainstay.job.Job;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import java.time.Duration;

/**
 * Told what happens to jobs on this instance. Called on hot paths and event loops: must return at once, must not
 * throw. Metrics are one observer.
 */
public interface JobObserver {

    /** An enqueue was acknowledged. */
    default void enqueued(Job job, boolean created) {}

    /** A claim was answered. */
    default void claimed(QueueName queue, int jobs) {}

    /** An attempt was settled and ran that long; {@code became} is the job's state after it. */
    default void finished(Job job, JobState became, Duration ran) {}

    /** The store refused a report: its lease had been lost. */
    default void refused(Job job) {}
}
