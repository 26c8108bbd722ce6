package io.mainstay.stores;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.policy.Policies;
import io.mainstay.policy.StoredPolicy;
import io.mainstay.queue.JobStore;
import io.mainstay.queue.QueueFigures;
import io.mainstay.queue.changes.LimitsPatch;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Figures, pauses and limits of queues that may have several parts. What is set goes to all places of the queue; the queue itself has its
 * limits whole, each part its share. Who changes the layout meanwhile copies what the queue itself has: so that is set first, and if the layout is
 * another one afterwards, all is set again.
 */
final class PartitionedSettings {

    private static final int AT_ONCE = 8;
    private static final int MOST_TRIES = 5;

    private final JobStore store;
    private final Policies policies;

    PartitionedSettings(JobStore store, Policies policies) {
        this.store = store;
        this.policies = policies;
    }

    Uni<List<QueueFigures>> figures(List<QueueName> queues) {
        List<List<QueueName>> places = queues.stream().map(policies::places).toList();
        if (places.stream().allMatch(each -> each.size() == 1)) {
            return store.figures(queues);
        }
        Set<QueueName> asked = new LinkedHashSet<>(queues);
        places.forEach(asked::addAll);
        List<QueueName> all = new ArrayList<>(asked);
        return store.figures(all).map(figures -> {
            Map<QueueName, QueueFigures> byPlace = new HashMap<>();
            figures.forEach(each -> byPlace.put(each.queue(), each));
            List<QueueFigures> sums = new ArrayList<>();
            for (int i = 0; i < queues.size(); i++) {
                List<QueueFigures> ofParts =
                        places.get(i).stream().map(byPlace::get).toList();
                sums.add(Sums.figures(byPlace.get(queues.get(i)), ofParts));
            }
            return sums;
        });
    }

    Uni<Void> changeLimits(QueueName queue, LimitsPatch patch) {
        return everywhere(queue, place -> store.changeLimits(place, shareOf(place, patch)))
                .replaceWithVoid();
    }

    Uni<Void> setPaused(QueueName queue, boolean paused) {
        return everywhere(queue, place -> store.setPaused(place, paused)).replaceWithVoid();
    }

    Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        return everywhere(queue, place -> store.setPaused(place, handler, paused))
                .map(answers -> answers.stream().allMatch(Boolean::booleanValue));
    }

    /** What a place is held to. @throws io.mainstay.job.InvalidValueException if there is not something for each */
    private static LimitsPatch shareOf(QueueName place, LimitsPatch patch) {
        return new LimitsPatch(patch.names(), LimitShares.of(patch.values(), place.partitions(), place.partition()));
    }

    private <T> Uni<List<T>> everywhere(QueueName queue, Function<QueueName, Uni<T>> action) {
        if (queue.isPlace() || policies.of(queue) == null) {
            return action.apply(queue).map(answer -> answer == null ? List.<T>of() : List.of(answer));
        }
        return policies.refresh().chain(() -> everywhere(queue, action, MOST_TRIES));
    }

    private <T> Uni<List<T>> everywhere(QueueName queue, Function<QueueName, Uni<T>> action, int tries) {
        List<QueueName> places = new ArrayList<>(policies.places(queue));
        places.remove(queue);
        long epoch = epoch(queue);
        Supplier<Uni<List<T>>> others = () -> Multi.createFrom()
                .iterable(places)
                .onItem()
                .transformToUni(action::apply)
                .merge(AT_ONCE)
                .collect()
                .asList();
        return action.apply(queue)
                .chain(first -> others.get().map(more -> {
                    List<T> all = new ArrayList<>(more);
                    if (first != null) {
                        all.add(first);
                    }
                    return all;
                }))
                .call(done -> policies.refresh())
                .flatMap(done -> epoch(queue) == epoch || tries == 1
                        ? Uni.createFrom().item(done)
                        : everywhere(queue, action, tries - 1));
    }

    private long epoch(QueueName queue) {
        StoredPolicy policy = policies.of(queue);
        return policy == null ? 0 : policy.layout().epoch();
    }
}
