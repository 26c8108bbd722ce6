package io.mainstay.stores.second;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.route.DueJobsStore;
import io.smallrye.mutiny.Uni;
import java.util.Set;

/** {@link DueJobsStore} over two. */
public final class TwoDueJobsStores implements DueJobsStore {

    private final OneOfTwo<DueJobsStore> stores;

    public TwoDueJobsStores(DueJobsStore first, DueJobsStore second) {
        this.stores = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<DueJobs> dueJobs(QueueName queue, Set<HandlerName> handlers) {
        return stores.of(queue).dueJobs(queue, handlers);
    }
}
