package io.mainstay.job;

/** The queue still has something, so it is not deleted. */
public final class QueueNotEmptyException extends MainstayException {

    private static final long serialVersionUID = 1L;

    /** @param what it has, in words */
    public QueueNotEmptyException(QueueName queue, String what) {
        super("queue-not-empty", 409, "queue %s has %s".formatted(queue, what), null);
    }
}
