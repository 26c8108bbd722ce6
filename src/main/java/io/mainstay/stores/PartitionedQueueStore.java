package io.mainstay.stores;

import io.mainstay.job.JobIds;
import io.mainstay.job.JobState;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Policies;
import io.mainstay.policy.PolicyStore;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.registry.DeletionStep;
import io.mainstay.registry.QueueContents;
import io.mainstay.registry.QueuePage;
import io.mainstay.registry.QueueQuery;
import io.mainstay.registry.QueueStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which queues there are, those with several parts among them: their parts are not listed, and go with them. */
public final class PartitionedQueueStore implements QueueStore {

    private static final int AT_ONCE = 8;
    private static final int MOST_TRIES = 3;

    private final QueueStore store;
    private final JobStore jobs;
    private final Policies policies;
    private final PolicyStore stored;
    private final JobIds ids;

    /**
     * @param store of places
     * @param jobs of queues as callers know them
     */
    public PartitionedQueueStore(QueueStore store, JobStore jobs, Policies policies, PolicyStore stored, JobIds ids) {
        this.store = store;
        this.jobs = jobs;
        this.policies = policies;
        this.stored = stored;
        this.ids = ids;
    }

    @Override
    public Uni<QueuePage> page(QueueQuery query) {
        return store.page(query).flatMap(page -> {
            List<QueueName> spread = page.queues().stream()
                    .map(QueueFigures::queue)
                    .filter(queue -> policies.places(queue).size() > 1)
                    .toList();
            return spread.isEmpty()
                    ? Uni.createFrom().item(page)
                    : jobs.figures(spread).map(figures -> with(page, figures));
        });
    }

    private static QueuePage with(QueuePage page, List<QueueFigures> figures) {
        Map<QueueName, QueueFigures> sums = new HashMap<>();
        figures.forEach(each -> sums.put(each.queue(), each));
        return new QueuePage(
                page.queues().stream()
                        .map(each -> sums.getOrDefault(each.queue(), each))
                        .toList(),
                page.next(),
                page.complete());
    }

    @Override
    public Uni<Long> count() {
        return store.count();
    }

    @Override
    public Uni<DeletionStep> deleteSome(QueueName queue, boolean force, int most) {
        StoredPolicy policy = queue.isPlace() ? null : policies.of(queue);
        if (policy == null || !force) {
            // One with a policy has a setting, so nothing of it is deleted, nor of its parts.
            return store.deleteSome(queue, force, most);
        }
        List<QueueName> parts = new ArrayList<>(policies.places(queue));
        parts.remove(queue);
        return Multi.createFrom()
                .iterable(parts)
                .onItem()
                .transformToUni(part -> store.deleteSome(part, true, most))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .flatMap(steps -> last(policy, steps, most));
    }

    /** The queue itself goes last: with it its policy is gone. */
    private Uni<DeletionStep> last(StoredPolicy policy, List<DeletionStep> parts, int most) {
        if (!parts.stream().allMatch(DeletionStep::gone)) {
            return Uni.createFrom().item(sum(parts, false));
        }
        return store.deleteSome(policy.queue(), true, most).flatMap(itself -> {
            List<DeletionStep> all = new ArrayList<>(parts);
            all.add(itself);
            DeletionStep sum = sum(all, itself.gone());
            return itself.gone()
                    ? removePolicy(policy.queue(), MOST_TRIES).replaceWith(sum)
                    : Uni.createFrom().item(sum);
        });
    }

    /** It may change meanwhile, by itself. */
    private Uni<Void> removePolicy(QueueName queue, int tries) {
        return policies.refresh().chain(() -> {
            StoredPolicy there = policies.of(queue);
            if (there == null || tries == 0) {
                return Uni.createFrom().voidItem();
            }
            return stored.remove(there, ids.nextToken()).chain(() -> removePolicy(queue, tries - 1));
        });
    }

    private static DeletionStep sum(List<DeletionStep> steps, boolean gone) {
        Map<JobState, Long> left = new EnumMap<>(JobState.class);
        steps.forEach(step -> step.left().jobs().forEach((state, count) -> left.merge(state, count, Long::sum)));
        return new DeletionStep(
                gone,
                !gone && steps.stream().anyMatch(DeletionStep::more),
                steps.stream().flatMap(step -> step.cancelled().stream()).toList(),
                steps.stream().mapToInt(DeletionStep::deleted).sum(),
                new QueueContents(
                        left,
                        steps.stream().mapToLong(step -> step.left().owedNews()).sum(),
                        steps.stream()
                                .mapToLong(step -> step.left().rememberedIds())
                                .sum(),
                        steps.stream().anyMatch(step -> step.left().settings())));
    }
}
