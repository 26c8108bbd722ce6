package io.mainstay.policy;

import io.mainstay.job.Bounds;
import io.mainstay.job.InvalidValueException;
import io.mainstay.job.QueueName;
import java.time.Duration;
import java.util.Objects;

/**
 * How a queue is stored.
 *
 * @param partitions over how many parts it is spread, 1 to {@value QueueName#MAX_PARTITIONS}
 * @param critical what happens when a store is away; not together with partitions
 * @param hold for how long a store must be away before the copies in the other one start; of mirrored queues
 */
public record QueuePolicy(int partitions, Critical critical, Duration hold) {

    private static final Duration SHORTEST_HOLD = Duration.ofSeconds(5);
    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    /** Of a queue that nobody has said anything about. */
    public static final QueuePolicy NONE = new QueuePolicy(1, Critical.NONE, Duration.ofSeconds(30));

    public QueuePolicy {
        Objects.requireNonNull(critical, "critical");
        Bounds.between("partitions", partitions, 1, QueueName.MAX_PARTITIONS);
        if (hold == null || hold.compareTo(SHORTEST_HOLD) < 0 || hold.compareTo(LONGEST_HOLD) > 0) {
            throw new InvalidValueException("hold", hold, SHORTEST_HOLD + " to " + LONGEST_HOLD);
        }
        if (partitions > 1 && critical != Critical.NONE) {
            throw new InvalidValueException("partitions", partitions, "1, because a critical queue has no partitions");
        }
    }
}
