package io.mainstay.due;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/**
 * Stores when each queue has its next due work. Work is never due later than stored; the stored time may be too early, which
 * costs a check. Queues share a few buckets, each read separately, so that one that does not answer does not delay the
 * others. The rules of {@link io.mainstay.queue.JobStore} hold here too.
 */
public interface DueStore {

    /** Of one instance, always the same. */
    int buckets();

    /** That of a queue. */
    int bucketOf(QueueName queue);

    /**
     * Notes that this instance polls, for as long as that is valid.
     *
     * @return how many do
     */
    Uni<Integer> polling(Duration validFor);

    /**
     * The queues and flows of a bucket that need somebody now or within {@code ahead}, soonest first. The first answer of this instance, and
     * the first after the store's clock was set back, has all that will ever be due by itself as if it were now.
     *
     * @param bucket 0 to {@link #buckets()} - 1
     */
    Uni<DueInBucket> due(int bucket, Duration ahead);

    /**
     * Goes through an eighth of all queues, another one with each call, unless an instance did within {@code every}, and adds what
     * should be known to be due and is not. So the store is never busy with all of them at once.
     *
     * @return how many queues lacked something, which is an error or a loss
     */
    Uni<Integer> check(Duration every);

    /** How many entries name no queue, among those that were met so far. They are left out wherever queues are read. */
    default int unreadable() {
        return 0;
    }
}
