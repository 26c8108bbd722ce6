package io.mainstay.stores.second;

import io.mainstay.job.QueueName;
import java.util.function.ToIntBiFunction;
import java.util.function.ToIntFunction;

/**
 * The buckets of two stores under numbers of one row: those of the first, then those of the second.
 *
 * @param <T> a seam of the store that goes by buckets
 */
final class BucketsOfTwo<T> {

    private final OneOfTwo<T> stores;
    private final ToIntFunction<T> buckets;
    private final ToIntBiFunction<T, QueueName> bucketOf;

    /**
     * @param buckets how many a store has
     * @param bucketOf that of a queue, within its store
     */
    BucketsOfTwo(T first, T second, ToIntFunction<T> buckets, ToIntBiFunction<T, QueueName> bucketOf) {
        this.stores = new OneOfTwo<>(first, second);
        this.buckets = buckets;
        this.bucketOf = bucketOf;
    }

    int count() {
        return ofFirst() + buckets.applyAsInt(stores.second());
    }

    int of(QueueName queue) {
        int within = bucketOf.applyAsInt(stores.of(queue), queue);
        return queue.isInSecondStore() ? ofFirst() + within : within;
    }

    T store(int bucket) {
        return bucket < ofFirst() ? stores.first() : stores.second();
    }

    /** The number of a bucket within its store. */
    int within(int bucket) {
        return bucket < ofFirst() ? bucket : bucket - ofFirst();
    }

    private int ofFirst() {
        return buckets.applyAsInt(stores.first());
    }
}
