package io.mainstay.stores.second;

import io.mainstay.bulk.BulkActionRequest;
import io.mainstay.bulk.BulkActionStore;
import io.mainstay.bulk.BulkChanges;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;

/** {@link BulkActionStore} over two. */
public final class TwoBulkActionStores implements BulkActionStore {

    private final OneOfTwo<BulkActionStore> stores;

    public TwoBulkActionStores(BulkActionStore first, BulkActionStore second) {
        this.stores = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<BulkChanges> change(QueueName queue, BulkActionRequest request) {
        return stores.of(queue).change(queue, request);
    }

    @Override
    public Uni<BulkChanges> count(QueueName queue, BulkActionRequest request) {
        return stores.of(queue).count(queue, request);
    }
}
