package io.mainstay.stores.second;

import io.mainstay.job.QueueName;

/**
 * What two stores have each, and which of the two a place belongs to.
 *
 * @param <T> a seam of the store
 */
record OneOfTwo<T>(T first, T second) {

    T of(QueueName place) {
        return place.isInSecondStore() ? second : first;
    }
}
