package io.mainstay.stores.second;

import io.mainstay.job.QueueName;
import io.mainstay.registry.DeletionStep;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import io.mainstay.registry.QueueStore;
import io.smallrye.mutiny.Uni;

/**
 * {@link QueueStore} over two. Pages and the number are those of the first: what is in the second are places of queues that
 * policies name.
 */
public final class TwoQueueStores implements QueueStore {

    private final OneOfTwo<QueueStore> stores;

    public TwoQueueStores(QueueStore first, QueueStore second) {
        this.stores = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<QueuePage> page(QueueQuery query) {
        return stores.first().page(query);
    }

    @Override
    public Uni<Long> count() {
        return stores.first().count();
    }

    @Override
    public Uni<DeletionStep> deleteSome(QueueName queue, boolean force, int most) {
        return stores.of(queue).deleteSome(queue, force, most);
    }
}
