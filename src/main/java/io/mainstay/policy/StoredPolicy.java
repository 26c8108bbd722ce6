package io.mainstay.policy;

import io.mainstay.job.QueueName;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is kept of a queue's policy.
 *
 * @param revision another one with each change
 * @param changedAt when, by the store's clock
 * @param policy as it was asked for
 * @param layout as it stands
 */
public record StoredPolicy(QueueName queue, String revision, Instant changedAt, QueuePolicy policy, Layout layout) {

    /** Whether jobs of it may be in the second store as well. */
    public boolean inTwoStores() {
        return policy.critical() != Critical.NONE;
    }

    /** All places where its jobs may be. */
    public List<QueueName> places() {
        List<QueueName> ofFirst = layout.places(queue);
        return inTwoStores()
                ? Stream.concat(ofFirst.stream(), ofFirst.stream().map(QueueName::inSecondStore))
                        .toList()
                : ofFirst;
    }
}
