package io.mainstay.due;

import io.mainstay.job.QueueName;
import java.time.Duration;

/**
 * A queue that needs somebody, as the store said a moment ago.
 *
 * @param in how soon; zero or negative: now
 */
public record DueQueue(QueueName queue, DueWork work, Duration in) {

    public boolean now() {
        return in.isZero() || in.isNegative();
    }
}
