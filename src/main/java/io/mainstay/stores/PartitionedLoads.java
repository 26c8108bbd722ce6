package io.mainstay.stores;

import io.mainstay.job.HandlerName;
import io.mainstay.job.QueueName;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.queue.route.DueJobs;
import io.mainstay.queue.route.DueJobsStore;
import io.mainstay.scaling.LoadStore;
import io.mainstay.scaling.QueueLoad;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The work of queues that may have several parts, as of one each. */
public final class PartitionedLoads implements LoadStore, DueJobsStore {

    private static final int AT_ONCE = 8;

    private final LoadStore loads;
    private final DueJobsStore due;
    private final QueuePlaces places;

    /** @param loads of places; so is {@code due} */
    public PartitionedLoads(LoadStore loads, DueJobsStore due, QueuePlaces places) {
        this.loads = loads;
        this.due = due;
        this.places = places;
    }

    @Override
    public Uni<List<QueueLoad>> loads(Collection<QueueName> queues, Set<HandlerName> handlers) {
        List<QueueName> all =
                queues.stream().flatMap(queue -> places.places(queue).stream()).toList();
        return loads.loads(all, handlers)
                .map(answers -> all.size() == queues.size()
                        ? answers
                        : new ArrayList<>(answers.stream()
                                .collect(Collectors.toMap(load -> load.queue().logical(), load -> load, Sums::loads))
                                .values()));
    }

    @Override
    public Uni<DueJobs> dueJobs(QueueName queue, Set<HandlerName> handlers) {
        List<QueueName> all = places.places(queue);
        if (all.size() == 1) {
            return due.dueJobs(all.get(0), handlers);
        }
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUni(place -> due.dueJobs(place, handlers))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(Sums::dueJobs);
    }
}
