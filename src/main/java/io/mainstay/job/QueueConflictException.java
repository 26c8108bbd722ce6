package io.mainstay.job;

/** The queue is in a state that does not allow what was asked. */
public final class QueueConflictException extends MainstayException {

    private static final long serialVersionUID = 1L;

    private QueueConflictException(String slug, String message) {
        super(slug, 409, message, null);
    }

    /** It accepts no jobs until it is gone, or until the deletion is no longer continued. */
    public static QueueConflictException deleting(QueueName queue) {
        return new QueueConflictException(
                "queue-deleting", "queue %s is being deleted and accepts no jobs".formatted(queue));
    }

    /** Its partitions change already. */
    public static QueueConflictException resizing(QueueName queue) {
        return new QueueConflictException(
                "queue-resizing",
                "the partitions of queue %s are already changing, until the jobs in the old ones have ended"
                        .formatted(queue));
    }

    /**
     * It is not deleted.
     *
     * @param what it has, in words
     */
    public static QueueConflictException notEmpty(QueueName queue, String what) {
        return new QueueConflictException("queue-not-empty", "queue %s has %s".formatted(queue, what));
    }
}
