package io.mainstay.stores.second;

import io.mainstay.job.QueueName;
import io.mainstay.queue.StoreClock;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** {@link StoreClock} of two stores: each has its own. */
public final class TwoStoreClocks implements StoreClock {

    private final OneOfTwo<StoreClock> clocks;

    public TwoStoreClocks(StoreClock first, StoreClock second) {
        this.clocks = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<Instant> now(QueueName queue) {
        return clocks.of(queue).now(queue);
    }
}
