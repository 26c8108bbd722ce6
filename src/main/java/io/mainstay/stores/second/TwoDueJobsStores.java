package io.mainstay.stores.second;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.route.DueJobsStore;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;

/** {@link DueJobsStore} over two; a second that does not answer has none. */
public final class TwoDueJobsStores implements DueJobsStore {

    private static final DueJobs NONE = new DueJobs(false, false, Optional.empty(), 0, Optional.empty());

    private final OneOfTwo<DueJobsStore> stores;

    public TwoDueJobsStores(DueJobsStore first, DueJobsStore second) {
        this.stores = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<DueJobs> dueJobs(QueueName queue, Set<HandlerName> handlers) {
        Uni<DueJobs> asked = stores.of(queue).dueJobs(queue, handlers);
        return queue.isInSecondStore() ? asked.onFailure().recoverWithItem(NONE) : asked;
    }
}
