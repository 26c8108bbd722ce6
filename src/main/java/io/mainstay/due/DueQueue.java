package io.mainstay.due;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.Optional;

/**
 * A queue with due work, as the store reported a moment ago.
 *
 * @param in how soon; zero or negative: now
 * @param bucket that the queue is in, see {@link DueStore}
 * @param handler that a claim must serve, because its jobs may start; empty for any claim
 */
public record DueQueue(QueueName queue, DueWork work, Duration in, int bucket, Optional<HandlerName> handler) {

    /** For anybody. */
    public DueQueue(QueueName queue, DueWork work, Duration in, int bucket) {
        this(queue, work, in, bucket, Optional.empty());
    }

    /** The same, needed now. */
    public DueQueue atOnce() {
        return new DueQueue(queue, work, Duration.ZERO, bucket, handler);
    }

    public boolean now() {
        return in.isZero() || in.isNegative();
    }
}
