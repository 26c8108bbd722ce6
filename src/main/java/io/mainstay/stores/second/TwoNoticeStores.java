package io.mainstay.stores.second;

import io.mainstay.hook.NoticeStore;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** {@link NoticeStore} over two: the buckets of the first, then those of the second, as {@link TwoDueStores} counts them. */
public final class TwoNoticeStores implements NoticeStore {

    private final NoticeStore first;
    private final NoticeStore second;

    public TwoNoticeStores(NoticeStore first, NoticeStore second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public int buckets() {
        return first.buckets() + second.buckets();
    }

    @Override
    public int bucketOf(QueueName queue) {
        return queue.isInSecondStore() ? first.buckets() + second.bucketOf(queue) : first.bucketOf(queue);
    }

    @Override
    public Uni<Long> want(int bucket, Wanted wanted) {
        return of(bucket).want(within(bucket), wanted);
    }

    @Override
    public Uni<Outbox> outbox(int bucket, int max, Duration again) {
        return of(bucket).outbox(within(bucket), max, again);
    }

    @Override
    public Uni<Void> done(int bucket, long dropped, List<String> notices) {
        return of(bucket).done(within(bucket), dropped, notices);
    }

    private NoticeStore of(int bucket) {
        return bucket < first.buckets() ? first : second;
    }

    private int within(int bucket) {
        return bucket < first.buckets() ? bucket : bucket - first.buckets();
    }
}
