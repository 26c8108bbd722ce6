package io.mainstay.redis.store;

import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;

/**
 * Names of all keys. Those of a queue share the hash tag of its bucket, hence one slot of a cluster, so that a script may touch
 * any of them, and those of the bucket.
 */
public record RedisKeys(QueueName queue) {

    /** Which versions may work with the data, see the schema check. */
    public static final String SCHEMA = "ms:schema";

    public static final String WAKE_CHANNEL = "ms:wake";
    /** Changes of jobs' states, published only while an instance says on {@link #EVENTS_WANTED} that it listens. */
    public static final String EVENTS_CHANNEL = "ms:events";

    public static final String EVENTS_WANTED = "ms:events:wanted";

    /** Which jobs instances wait for, and which of those have ended. */
    public static final String WAITS_CHANNEL = "ms:waits";

    /** Records of what callers did, of one kind. */
    public static String audit(String kind) {
        return "ms:{:audit}:" + kind;
    }

    /** The number of the latest batch of records that a sender has brought, in the slot of these. */
    public static String auditSender(String kind, String sender) {
        return audit(kind) + ":" + sender;
    }

    /** One that all of a bucket share. */
    public static String ofBucket(int bucket) {
        return Buckets.next(bucket);
    }

    /** What the names of all keys of the queue begin with. */
    public String base() {
        return of("");
    }

    public String jobPrefix() {
        return of("job:");
    }

    public String job(JobId id) {
        return jobPrefix() + id;
    }

    /** Where the original of an unreadable job is kept. */
    String corruptPrefix() {
        return of("corrupt:");
    }

    public String state(JobState state) {
        return of(state.wireName());
    }

    /** Who took a unique key last. */
    String uniquePrefix() {
        return of("unique:");
    }

    public String meta() {
        return of("meta");
    }

    /** Copies of jobs that another store owns, by when they are due. */
    public String held() {
        return of("held");
    }

    /** Ids of jobs that have changed, until the other store of a mirrored queue has heard of it; by order of change. */
    public String outbox() {
        return of("outbox");
    }

    /** Ids of jobs whose flows are owed news of them, by since when. Scripts make the name from {@link #jobPrefix}. */
    String handover() {
        return of("handover");
    }

    /** What the latest claim of each claimant leased, for when its answer is lost. */
    String receipts() {
        return of("receipts");
    }

    /** Those that {@link #receipts} knows, by until when their leases last. */
    String claimants() {
        return of("claimants");
    }

    /** What requests about many jobs did, by token, for when an answer is lost. */
    String bulkReceipts() {
        return of("bulk");
    }

    private String of(String name) {
        return Buckets.prefixOf(Buckets.of(queue)) + queue.value() + ":" + name;
    }
}
