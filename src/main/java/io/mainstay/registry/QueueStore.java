package io.mainstay.registry;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;

/**
 * Knows which queues there are: those that had a job and were not forgotten or deleted since. The rules of {@link
 * io.mainstay.queue.JobStore} hold here too.
 */
public interface QueueStore {

    /**
     * One page of the queues and their figures, by name. It may have fewer queues than asked for and continue. Parts of the store that
     * do not answer are left out, and the page says so; fails only if none does.
     */
    Uni<QueuePage> page(QueueQuery query);

    /** How many there are. Costs the same however many that is. */
    Uni<Long> count();

    /**
     * Deletes a queue that has nothing. With {@code force}, one step of deleting any queue: it takes no jobs for a minute from now on;
     * some of its jobs are cancelled, some that have ended are deleted, but for those of which flows are owed news; with the last of
     * them its limits, pauses and remembered ids go, and the queue itself.
     *
     * @param most jobs to cancel, and to delete
     */
    Uni<DeletionStep> deleteSome(QueueName queue, boolean force, int most);
}
