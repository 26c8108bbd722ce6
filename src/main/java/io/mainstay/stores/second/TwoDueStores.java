package io.mainstay.stores.second;

import io.mainstay.due.DueInBucket;
import io.mainstay.due.DueQueue;
import io.mainstay.due.DueStore;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Optional;

/**
 * {@link DueStore} over two: the buckets of the first, then those of the second. Each is read separately, so a store that
 * does not answer does not delay the other. Flows are only in the first.
 */
public final class TwoDueStores implements DueStore {

    private final DueStore first;
    private final DueStore second;
    private final BucketsOfTwo<DueStore> buckets;

    public TwoDueStores(DueStore first, DueStore second) {
        this.first = first;
        this.second = second;
        this.buckets = new BucketsOfTwo<>(first, second, DueStore::buckets, DueStore::bucketOf);
    }

    @Override
    public int buckets() {
        return buckets.count();
    }

    @Override
    public int bucketOf(QueueName queue) {
        return buckets.of(queue);
    }

    /** Said to both; believed of the first, and of the second where that does not answer. */
    @Override
    public Uni<Integer> polling(Duration validFor) {
        Uni<Integer> ofSecond = second.polling(validFor).memoize().indefinitely();
        ofSecond.subscribe().with(count -> {}, failure -> {});
        return first.polling(validFor).onFailure().recoverWithUni(ofSecond);
    }

    @Override
    public Uni<DueInBucket> due(int bucket, Duration ahead) {
        int within = buckets.within(bucket);
        if (within == bucket) {
            return first.due(bucket, ahead);
        }
        return second.due(within, ahead)
                .map(found -> new DueInBucket(
                        found.queues().stream()
                                .map(due -> new DueQueue(due.queue(), due.work(), due.in(), bucket, due.handler()))
                                .toList(),
                        Optional.empty(),
                        found.notices()));
    }

    /** Fails only if both do. */
    @Override
    public Uni<Integer> check(Duration every) {
        return Uni.createFrom()
                .deferred(() -> first.check(every))
                .onItemOrFailure()
                .transformToUni((found, failure) -> failure == null
                        ? second.check(every)
                                .map(more -> found + more)
                                .onFailure()
                                .recoverWithItem(found)
                        : second.check(every));
    }

    @Override
    public int unreadable() {
        return first.unreadable() + second.unreadable();
    }
}
