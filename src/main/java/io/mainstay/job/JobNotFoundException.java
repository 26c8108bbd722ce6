package io.mainstay.job;

/** No such job: never enqueued here, or its retention is over. */
public final class JobNotFoundException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public JobNotFoundException(QueueName queue, JobId id) {
        super("job-not-found", 404, "queue %s has no job %s".formatted(queue, id), null);
    }
}
