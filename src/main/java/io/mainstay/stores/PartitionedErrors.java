package io.mainstay.stores;

import io.mainstay.job.QueueName;
import io.mainstay.job.StoreUnavailableException;
import io.mainstay.queue.errors.ErrorGroup;
import io.mainstay.queue.errors.ErrorStore;
import io.mainstay.queue.places.QueuePlaces;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Groups of errors of queues that may have several places: those of all of them, put together. */
public final class PartitionedErrors implements ErrorStore {

    private static final int AT_ONCE = 8;

    private final ErrorStore store;
    private final QueuePlaces places;

    /** @param store of places */
    public PartitionedErrors(ErrorStore store, QueuePlaces places) {
        this.store = store;
        this.places = places;
    }

    @Override
    public Uni<List<Seen>> seen(QueueName queue) {
        return ofAll(queue, store::seen).map(all -> {
            Map<String, Seen> latest = new HashMap<>();
            all.forEach(seen -> seen.forEach(each -> latest.merge(
                    each.fingerprint(), each, (one, other) -> other.at().isAfter(one.at()) ? other : one)));
            return latest.values().stream().sorted(Seen.ORDER).limit(MOST).toList();
        });
    }

    @Override
    public Uni<List<ErrorGroup>> read(QueueName queue, List<String> fingerprints) {
        return ofAll(queue, place -> store.read(place, fingerprints)).map(all -> {
            Map<String, ErrorGroup> sums = new HashMap<>();
            all.forEach(groups -> groups.forEach(group -> sums.merge(group.fingerprint(), group, ErrorGroup::plus)));
            return fingerprints.stream().map(sums::get).filter(Objects::nonNull).toList();
        });
    }

    /** Of a critical queue those of one store are told if the other does not answer. */
    private <T> Uni<List<T>> ofAll(QueueName queue, Function<QueueName, Uni<T>> question) {
        boolean someWillDo = places.inTwoStores(queue);
        return Multi.createFrom()
                .iterable(places.places(queue))
                .onItem()
                .transformToUni(place -> {
                    Uni<Optional<T>> answer = question.apply(place).map(Optional::of);
                    return someWillDo ? answer.onFailure().recoverWithItem(Optional.empty()) : answer;
                })
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(answers -> {
                    List<T> there = answers.stream().flatMap(Optional::stream).toList();
                    if (there.isEmpty()) {
                        throw new StoreUnavailableException("no place of queue " + queue + " answered", null);
                    }
                    return there;
                });
    }
}
