package io.mainstay.policy;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;

/** Changes policies, and has queues be laid out as they say. */
public interface PolicyChanges {

    /**
     * Gives a queue a policy.
     *
     * @throws io.mainstay.job.InvalidValueException (as failure) if its limits do not allow so many partitions
     * @throws io.mainstay.job.QueueConflictException (as failure) if its layout is changing already
     * @throws io.mainstay.job.LimitReachedException (as failure) if there are as many policies as may be
     */
    Uni<StoredPolicy> put(QueueName queue, QueuePolicy policy);

    /** Takes it away; completes at once, though it may take a while until the queue is as without one. */
    Uni<Void> remove(QueueName queue);
}
