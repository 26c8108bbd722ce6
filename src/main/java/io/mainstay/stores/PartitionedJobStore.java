package io.mainstay.stores;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Policies;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.queue.Change;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.JobPage;
import io.mainstay.queue.JobPart;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.PageRequest;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.changes.LimitsPatch;
import io.mainstay.queue.changes.Rescheduling;
import io.mainstay.queue.places.Admission;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The jobs of queues that may have several partitions, presented as one queue each. A call that names a place is answered by
 * that place only. A queue without a policy costs one look-up in a map. Thread-safe.
 */
public final class PartitionedJobStore extends JobReads {

    private final JobStore store;
    private final Policies policies;
    private final PartitionedEnqueues enqueues;
    private final PartitionedReads reads;
    private final PartitionedLists lists;
    private final PartitionedSettings settings;

    /** @param store of places */
    public PartitionedJobStore(JobStore store, Policies policies, Duration callTimeout) {
        this.store = store;
        this.policies = policies;
        this.enqueues = new PartitionedEnqueues(store, policies, callTimeout);
        this.reads = new PartitionedReads();
        this.lists = new PartitionedLists(store);
        this.settings = new PartitionedSettings(store, policies);
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job) {
        return enqueues.enqueue(job);
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job, Admission admission) {
        return store.enqueue(job, admission);
    }

    @Override
    public Uni<Map<JobId, JobState>> states(QueueName queue, List<JobId> ids) {
        StoredPolicy policy = partsOf(queue);
        return policy == null ? store.states(queue, ids) : reads.all(policy, ids, store::states);
    }

    @Override
    protected <T> Uni<Optional<T>> read(QueueName queue, JobId id, JobRead<T> read) {
        StoredPolicy policy = partsOf(queue);
        return policy == null
                ? read.of(store, queue, id)
                : reads.first(policy, id, place -> read.of(store, place, id), Optional::isPresent);
    }

    @Override
    public Uni<JobPage> list(QueueName queue, PageRequest page, Set<JobPart> parts) {
        StoredPolicy policy = partsOf(queue);
        return policy == null
                ? store.list(queue, page, parts)
                : lists.list(policy.layout().places(queue), page, parts);
    }

    @Override
    public Uni<Change> cancel(QueueName queue, JobId id) {
        StoredPolicy policy = partsOf(queue);
        return policy == null
                ? store.cancel(queue, id)
                : reads.first(policy, id, place -> store.cancel(place, id), PartitionedJobStore::isFound);
    }

    @Override
    public Uni<Change> requeue(QueueName queue, JobId id, String request) {
        StoredPolicy policy = partsOf(queue);
        return policy == null
                ? store.requeue(queue, id, request)
                : reads.first(policy, id, place -> store.requeue(place, id, request), PartitionedJobStore::isFound);
    }

    @Override
    public Uni<Change> reschedule(QueueName queue, JobId id, Rescheduling change, String request) {
        StoredPolicy policy = partsOf(queue);
        return policy == null
                ? store.reschedule(queue, id, change, request)
                : reads.first(
                        policy,
                        id,
                        place -> store.reschedule(place, id, change, request),
                        PartitionedJobStore::isFound);
    }

    @Override
    public Uni<List<String>> reach(Duration within) {
        return store.reach(within);
    }

    @Override
    public Uni<List<QueueFigures>> figures(List<QueueName> queues) {
        return settings.figures(queues);
    }

    @Override
    public Uni<Void> changeLimits(QueueName queue, LimitsPatch patch) {
        return settings.changeLimits(queue, patch);
    }

    @Override
    public Uni<Void> setPaused(QueueName queue, boolean paused) {
        return settings.setPaused(queue, paused);
    }

    @Override
    public Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        return settings.setPaused(queue, handler, paused);
    }

    /** The policy of a queue that may have jobs in other parts than itself; null if it cannot. */
    private StoredPolicy partsOf(QueueName queue) {
        StoredPolicy policy = queue.isPlace() ? null : policies.of(queue);
        return policy == null || policy.layout().isSingle() ? null : policy;
    }

    private static boolean isFound(Change change) {
        return !(change instanceof Change.NotFound);
    }
}
