package io.mainstay.stores.second;

import io.mainstay.job.HandlerName;
import io.mainstay.job.Job;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.LogLine;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
import io.mainstay.queue.Change;
import io.mainstay.queue.Enqueued;
import io.mainstay.queue.Explanation;
import io.mainstay.queue.History;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link JobStore} over two. Whether the second is reached, probes ask by themselves. */
public final class TwoJobStores implements JobStore {

    private final OneOfTwo<JobStore> stores;

    public TwoJobStores(JobStore first, JobStore second) {
        this.stores = new OneOfTwo<>(first, second);
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job) {
        return stores.of(job.queue()).enqueue(job);
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job, Admission admission) {
        return stores.of(job.queue()).enqueue(job, admission);
    }

    @Override
    public Uni<Optional<Job>> find(QueueName queue, JobId id) {
        return stores.of(queue).find(queue, id);
    }

    @Override
    public Uni<Optional<JobState>> state(QueueName queue, JobId id) {
        return stores.of(queue).state(queue, id);
    }

    @Override
    public Uni<Map<JobId, JobState>> states(QueueName queue, List<JobId> ids) {
        return stores.of(queue).states(queue, ids);
    }

    @Override
    public Uni<Optional<History>> history(QueueName queue, JobId id) {
        return stores.of(queue).history(queue, id);
    }

    @Override
    public Uni<Optional<List<LogLine>>> log(QueueName queue, JobId id) {
        return stores.of(queue).log(queue, id);
    }

    @Override
    public Uni<Optional<Explanation>> explain(QueueName queue, JobId id) {
        return stores.of(queue).explain(queue, id);
    }

    @Override
    public Uni<JobPage> list(QueueName queue, PageRequest page, Set<JobPart> parts) {
        return stores.of(queue).list(queue, page, parts);
    }

    @Override
    public Uni<Change> cancel(QueueName queue, JobId id) {
        return stores.of(queue).cancel(queue, id);
    }

    @Override
    public Uni<Change> requeue(QueueName queue, JobId id, String request) {
        return stores.of(queue).requeue(queue, id, request);
    }

    @Override
    public Uni<Change> reschedule(QueueName queue, JobId id, Rescheduling change, String request) {
        return stores.of(queue).reschedule(queue, id, change, request);
    }

    /** Of the first. */
    @Override
    public Uni<List<String>> reach(Duration within) {
        return stores.first().reach(within);
    }

    @Override
    public Uni<List<QueueFigures>> figures(List<QueueName> queues) {
        Map<Boolean, List<QueueName>> bySecond =
                queues.stream().collect(Collectors.partitioningBy(QueueName::isInSecondStore));
        if (bySecond.get(true).isEmpty()) {
            return stores.first().figures(queues);
        }
        if (bySecond.get(false).isEmpty()) {
            return stores.second().figures(queues);
        }
        return Uni.combine()
                .all()
                .unis(
                        stores.first().figures(bySecond.get(false)),
                        stores.second().figures(bySecond.get(true)))
                .with((some, more) -> inOrder(queues, some, more));
    }

    private static List<QueueFigures> inOrder(List<QueueName> asked, List<QueueFigures> some, List<QueueFigures> more) {
        Map<QueueName, QueueFigures> found = new HashMap<>();
        Stream.concat(some.stream(), more.stream()).forEach(each -> found.put(each.queue(), each));
        return asked.stream().map(found::get).toList();
    }

    @Override
    public Uni<Void> changeLimits(QueueName queue, LimitsPatch patch) {
        return stores.of(queue).changeLimits(queue, patch);
    }

    @Override
    public Uni<Void> setPaused(QueueName queue, boolean paused) {
        return stores.of(queue).setPaused(queue, paused);
    }

    @Override
    public Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        return stores.of(queue).setPaused(queue, handler, paused);
    }
}
