package io.mainstay.due;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * Keeps when each queue needs somebody next. What has to be done is never due later than it says; it may say too early, which
 * costs a look. Queues share a few buckets, each asked by itself, so that one that does not answer holds up no other. The
 * rules of {@link io.mainstay.queue.JobStore} hold here too.
 */
public interface DueStore {

    /** Of one instance, always the same. */
    int buckets();

    /**
     * The queues of a bucket that need somebody now or within {@code ahead}, soonest first. The first answer of this instance, and
     * the first after the store's clock was set back, has all that will ever be due by itself as if it were now.
     *
     * @param bucket 0 to {@link #buckets()} - 1
     */
    Uni<List<DueQueue>> due(int bucket, Duration ahead);

    /**
     * Goes through all queues, unless an instance did within {@code every}, and adds what should be known to be due and is not.
     *
     * @return how many queues lacked something, which is an error or a loss
     */
    Uni<Integer> check(Duration every);

    /** How many entries name no queue, among those that were met so far. They are left out wherever queues are read. */
    default int unreadable() {
        return 0;
    }
}
