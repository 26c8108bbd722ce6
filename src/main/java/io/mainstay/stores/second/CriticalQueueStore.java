package io.mainstay.stores.second;

import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.mainstay.registry.DeletionStep;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import io.mainstay.registry.QueueStore;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;

/**
 * Lists queues while the first store is away, which has the names of all: then a page has the critical queues alone, and says that it is
 * incomplete.
 */
public final class CriticalQueueStore implements QueueStore {

    private final QueueStore queues;
    private final JobStore jobs;
    private final CriticalQueues critical;

    /** @param jobs of queues as callers know them */
    public CriticalQueueStore(QueueStore queues, JobStore jobs, CriticalQueues critical) {
        this.queues = queues;
        this.jobs = jobs;
        this.critical = critical;
    }

    @Override
    public Uni<QueuePage> page(QueueQuery query) {
        return queues.page(query).onFailure().recoverWithUni(failure -> criticalAlone(query, failure));
    }

    private Uni<QueuePage> criticalAlone(QueueQuery query, Throwable failure) {
        List<QueueName> names = critical.all().stream()
                .filter(queue -> queue.value().startsWith(query.prefix()))
                .filter(queue ->
                        query.after().map(after -> queue.compareTo(after) > 0).orElse(true))
                .sorted()
                .toList();
        List<QueueName> shown = names.subList(0, Math.min(names.size(), query.limit()));
        if (shown.isEmpty()) {
            return Uni.createFrom().failure(failure);
        }
        Optional<String> next = names.size() > shown.size()
                ? Optional.of(shown.get(shown.size() - 1).value())
                : Optional.empty();
        return jobs.figures(shown).map(figures -> new QueuePage(figures, next, false));
    }

    @Override
    public Uni<Long> count() {
        return queues.count();
    }

    @Override
    public Uni<DeletionStep> deleteSome(QueueName queue, boolean force, int most) {
        return queues.deleteSome(queue, force, most);
    }
}
