package io.mainstay.job;

/** As many jobs wait in the queue as may. Starting some makes room; asking again later is safe. */
public final class QueueFullException extends MainstayException {

    private static final long serialVersionUID = 1L;

    private final long limit;

    public QueueFullException(QueueName queue, long waiting, long limit) {
        super("queue-full", 429, "%d jobs wait in queue %s; its limit is %d".formatted(waiting, queue, limit), null);
        this.limit = limit;
    }

    /** How many may wait. */
    public long limit() {
        return limit;
    }
}
