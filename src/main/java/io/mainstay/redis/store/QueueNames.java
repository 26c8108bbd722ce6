package io.mainstay.redis.store;

import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Names of queues, as sorted sets of buckets have them. */
final class QueueNames {

    private static final Logger LOG = Logger.getLogger(QueueNames.class);

    private QueueNames() {}

    /** What is no name of a queue was written by somebody else and is left out. */
    static Optional<QueueName> read(String member) {
        try {
            return Optional.of(new QueueName(member));
        } catch (InvalidValueException e) {
            LOG.debugf("Left out of the queues: %s", e.getMessage());
            return Optional.empty();
        }
    }
}
