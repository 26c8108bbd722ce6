package io.mainstay.stores.second;

import io.mainstay.hook.NoticeStore;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** {@link NoticeStore} over two: the buckets of the first, then those of the second, as {@link TwoDueStores} counts them. */
public final class TwoNoticeStores implements NoticeStore {

    private final BucketsOfTwo<NoticeStore> buckets;

    public TwoNoticeStores(NoticeStore first, NoticeStore second) {
        this.buckets = new BucketsOfTwo<>(first, second, NoticeStore::buckets, NoticeStore::bucketOf);
    }

    @Override
    public int buckets() {
        return buckets.count();
    }

    @Override
    public int bucketOf(QueueName queue) {
        return buckets.of(queue);
    }

    @Override
    public Uni<Long> want(int bucket, Wanted wanted) {
        return buckets.store(bucket).want(buckets.within(bucket), wanted);
    }

    @Override
    public Uni<Outbox> outbox(int bucket, int max, Duration again) {
        return buckets.store(bucket).outbox(buckets.within(bucket), max, again);
    }

    @Override
    public Uni<Void> done(int bucket, long dropped, List<String> notices) {
        return buckets.store(bucket).done(buckets.within(bucket), dropped, notices);
    }
}
