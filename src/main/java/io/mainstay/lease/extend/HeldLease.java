package io.mainstay.lease.extend;

import io.mainstay.job.QueueName;
import io.mainstay.lease.LeaseToken;
import java.time.Duration;

/**
 * A lease whose token was verified.
 *
 * @param length for which it is extended
 */
record HeldLease(LeaseToken token, Duration length) {

    QueueName queue() {
        return token.attempt().queue();
    }
}
