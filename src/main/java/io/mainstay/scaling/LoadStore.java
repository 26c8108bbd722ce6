package io.mainstay.scaling;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Tells how much work queues have. Reads only. A store that cannot answer within its bounds fails the {@code Uni} with
 * {@link io.mainstay.job.StoreUnavailableException}.
 */
public interface LoadStore {

    /**
     * Loads of some queues, in no particular order. Costs one call per queue, a bounded number at a time.
     *
     * @param handlers of which jobs are counted that wait
     */
    Uni<List<QueueLoad>> loads(Collection<QueueName> queues, Set<HandlerName> handlers);
}
