package io.mainstay.job;

/** The queue is being deleted and takes no jobs meanwhile. Once it is gone, or nobody goes on deleting it, it takes some again. */
public final class QueueDeletingException extends MainstayException {

    private static final long serialVersionUID = 1L;

    public QueueDeletingException(QueueName queue) {
        super("queue-deleting", 409, "queue %s is being deleted and takes no jobs".formatted(queue), null);
    }
}
