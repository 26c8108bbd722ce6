package io.mainstay.due;

import io.mainstay.job.QueueName;
import java.time.Duration;

/**
 * A queue that needs somebody, as the store said a moment ago.
 *
 * @param in how soon; zero or negative: now
 * @param bucket that the queue is in, see {@link DueStore}
 */
public record DueQueue(QueueName queue, DueWork work, Duration in, int bucket) {

    /** The same, needed now. */
    public DueQueue atOnce() {
        return new DueQueue(queue, work, Duration.ZERO, bucket);
    }

    public boolean now() {
        return in.isZero() || in.isNegative();
    }
}
