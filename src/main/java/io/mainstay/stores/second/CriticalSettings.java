package io.mainstay.stores.second;

import io.mainstay.job.QueueName;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.stores.Sums;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Figures, limits and pauses of critical queues. Figures add up; what is set is set in both stores, and fails if one does not take it. */
final class CriticalSettings {

    private final JobStore places;
    private final JobStore others;
    private final CriticalQueues critical;

    CriticalSettings(JobStore places, JobStore others, CriticalQueues critical) {
        this.places = places;
        this.others = others;
        this.critical = critical;
    }

    /** Of critical queues, jobs in a store that does not answer are not counted. */
    Uni<List<QueueFigures>> figures(List<QueueName> queues) {
        List<QueueName> inBoth = queues.stream().filter(critical::has).toList();
        if (inBoth.isEmpty()) {
            return others.figures(queues);
        }
        Uni<Map<QueueName, QueueFigures>> both = Either.sum(
                places.figures(inBoth).map(CriticalSettings::byQueue),
                places.figures(inBoth.stream().map(QueueName::inSecondStore).toList())
                        .map(CriticalSettings::byQueue),
                CriticalSettings::added);
        List<QueueName> inFirst =
                queues.stream().filter(queue -> !critical.has(queue)).toList();
        Uni<Map<QueueName, QueueFigures>> all = inFirst.isEmpty()
                ? both
                : Uni.combine()
                        .all()
                        .unis(others.figures(inFirst).map(CriticalSettings::byQueue), both)
                        .with(CriticalSettings::added);
        return all.map(found -> queues.stream().map(found::get).toList());
    }

    /** By the names that callers know. */
    private static Map<QueueName, QueueFigures> byQueue(List<QueueFigures> figures) {
        Map<QueueName, QueueFigures> all = new HashMap<>();
        figures.forEach(each -> {
            QueueName queue = each.queue().inFirstStore();
            all.put(queue, each.named(queue));
        });
        return all;
    }

    private static Map<QueueName, QueueFigures> added(
            Map<QueueName, QueueFigures> first, Map<QueueName, QueueFigures> second) {
        Map<QueueName, QueueFigures> sums = new HashMap<>(first);
        second.forEach(
                (queue, also) -> sums.merge(queue, also, (one, other) -> Sums.figures(one, List.of(one, other))));
        return sums;
    }

    /**
     * In both at the same time; what one has taken stays, whatever the other says.
     *
     * @return whether both did
     */
    Uni<Boolean> inBoth(QueueName queue, Function<QueueName, Uni<Boolean>> action) {
        return Uni.join()
                .all(List.of(action.apply(queue), action.apply(queue.inSecondStore())))
                .andCollectFailures()
                .onFailure(CompositeException.class)
                .transform(failures -> failures.getCauses().get(0))
                .map(done -> done.stream().allMatch(Boolean::booleanValue));
    }
}
