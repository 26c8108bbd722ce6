package io.mainstay.redis.store;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;

/** What is stored under a job's key does not make a job. */
final class UnreadableJobException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableJobException(QueueName queue, JobId id, Exception cause) {
        super("job %s of queue %s cannot be read: %s".formatted(id, queue, cause.getMessage()), cause);
    }
}
