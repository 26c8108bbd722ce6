package io.mainstay.hook;

import io.mainstay.job.QueueName;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/**
 * The outboxes of notices for hooks, one per bucket. While a hook subscribes to an event, the call to the store that causes
 * the event puts a notice there. A notice stays until it is removed. Of each bucket the latest 5,000 are kept, up to 1 MiB;
 * older ones are dropped and counted. Every call may be repeated.
 */
public interface NoticeStore {

    /**
     * What hooks want, for the store to put into outboxes.
     *
     * @param version of the hooks that it follows from
     * @param dead of which queues the deaths of jobs
     * @param flowEnded jobs of which queues make the end of their flow wanted
     */
    record Wanted(long version, QueuePatterns dead, QueuePatterns flowEnded) {}

    /**
     * What is in an outbox.
     *
     * @param version of what the bucket knows to be wanted
     * @param dropped how many notices have been dropped of which nobody was told
     * @param notices oldest first, see {@link Notice#read}
     */
    record Outbox(long version, long dropped, List<String> notices) {

        public Outbox {
            notices = List.copyOf(notices);
        }
    }

    int buckets();

    /** Where the notices of the deaths of a queue's jobs are. */
    int bucketOf(QueueName queue);

    /**
     * Has a bucket know what is wanted, unless it knows what is newer.
     *
     * @return the version that it knows
     */
    Uni<Long> want(int bucket, Wanted wanted);

    /** @param again until the poll tells of these notices again, should they not be struck off */
    Uni<Outbox> outbox(int bucket, int max, Duration again);

    /**
     * @param dropped how many that were dropped have been told of
     * @param notices that need nobody any more
     */
    Uni<Void> done(int bucket, long dropped, List<String> notices);
}
