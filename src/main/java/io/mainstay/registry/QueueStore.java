package io.mainstay.registry;

import io.smallrye.mutiny.Uni;

/**
 * Knows which queues there are: those that had a job and were not forgotten or deleted since. The rules of {@link
 * io.mainstay.queue.JobStore} hold here too.
 */
public interface QueueStore {

    /**
     * One page of the queues and their figures, by name. It may have fewer queues than asked for and go on. Parts of the store that
     * do not answer are left out, and the page says so; fails only if none does.
     */
    Uni<QueuePage> page(QueueQuery query);

    /** How many there are. Costs the same however many that is. */
    Uni<Long> count();
}
