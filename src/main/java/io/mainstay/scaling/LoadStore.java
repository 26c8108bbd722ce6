package io.mainstay.scaling;

import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;

/**
 * Tells how much work queues have. Reads only. A store that cannot answer within its bounds fails the {@code Uni} with
 * {@link io.mainstay.job.StoreUnavailableException}.
 */
public interface LoadStore {

    /** Loads of some queues, in no particular order. Costs one call per queue, a bounded number at a time. */
    Uni<List<QueueLoad>> loads(Collection<QueueName> queues);
}
