package io.mainstay.stores.second;

import io.mainstay.job.JobId;
import io.mainstay.job.QueueName;
import io.mainstay.lease.callback.CallbackStore;
import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** {@link CallbackStore} over two. */
public final class TwoCallbackStores implements CallbackStore {

    private final OneOfTwo<CallbackStore> stores;

    public TwoCallbackStores(CallbackStore first, CallbackStore second) {
        this.stores = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<Optional<LatestClaim>> latestClaim(QueueName queue, JobId id) {
        return stores.of(queue).latestClaim(queue, id);
    }
}
