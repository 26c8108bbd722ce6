package io.mainstay.queue.places;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;

/** Makes ids of jobs whose caller chose none. Thread-safe; answers at once. */
@FunctionalInterface
public interface NewJobIds {

    /**
     * One that no job has had before. In a queue with partitions it says which the job goes to, unless the job has a group.
     *
     * @param queue as callers know it
     */
    JobId next(QueueName queue);
}
