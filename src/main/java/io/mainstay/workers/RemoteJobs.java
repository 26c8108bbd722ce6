package io.mainstay.workers;

import io.mainstay.job.QueueName;
import io.mainstay.queue.WorkerStatus.RunningJob;
import io.mainstay.queue.names.WorkerName;
import io.mainstay.queue.places.QueuePlaces;
import io.mainstay.security.QueuePatterns;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Which jobs remote workers run, as the queues have it: a lease may be given by one instance, extended by another and reported to a third, so
 * no instance knows. Bounded: of more running jobs than are looked at, some are missing. Thread-safe.
 */
@Singleton
class RemoteJobs {

    /** Running jobs that are looked at for one answer. */
    static final int MOST_LOOKED_AT = 10_000;

    private static final int AT_ONCE = 500;
    private static final int QUEUES_AT_A_TIME = 8;
    private static final int JOBS_SHOWN = 20;

    private final WorkerStore store;
    private final QueuePlaces places;

    RemoteJobs(WorkerStore store, QueuePlaces places) {
        this.store = store;
        this.places = places;
    }

    /** By what tokens have of the names of the workers; of those that run none there is nothing. */
    Uni<Map<String, HeldJobs.OfWorker>> of(List<KnownWorker> workers, QueuePatterns seen) {
        List<KnownWorker> remote = workers.stream()
                .filter(worker -> worker.id().kind() == WorkerKind.REMOTE
                        && worker.profile().isPresent())
                .toList();
        Set<QueueName> queues = remote.stream()
                .flatMap(worker -> worker.profile().orElseThrow().serving().queues().stream())
                .filter(queue -> seen.matches(queue.value()))
                .flatMap(queue -> places.places(queue).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> names = remote.stream()
                .map(worker -> WorkerName.inTokens(worker.id().name()))
                .collect(Collectors.toSet());
        AtomicInteger left = new AtomicInteger(MOST_LOOKED_AT);
        return Multi.createFrom()
                .iterable(queues)
                .onItem()
                .transformToUni(queue -> from(queue, names, 0, left, new ArrayList<>()))
                .merge(QUEUES_AT_A_TIME)
                .collect()
                .asList()
                .map(RemoteJobs::added);
    }

    private Uni<List<HeldJobs>> from(
            QueueName queue, Set<String> names, int passed, AtomicInteger left, List<HeldJobs> before) {
        if (left.getAndAdd(-AT_ONCE) <= 0) {
            return Uni.createFrom().item(before);
        }
        return store.jobs(queue, names, passed, AT_ONCE).flatMap(held -> {
            before.add(held);
            return held.lookedAt() < AT_ONCE
                    ? Uni.createFrom().item(before)
                    : from(queue, names, passed + AT_ONCE, left, before);
        });
    }

    private static Map<String, HeldJobs.OfWorker> added(List<List<HeldJobs>> all) {
        Map<String, HeldJobs.OfWorker> sums = new HashMap<>();
        all.forEach(queue -> queue.forEach(
                held -> held.byWorker().forEach((name, some) -> sums.merge(name, some, RemoteJobs::added))));
        return sums;
    }

    private static HeldJobs.OfWorker added(HeldJobs.OfWorker some, HeldJobs.OfWorker more) {
        List<RunningJob> jobs = new ArrayList<>(some.some());
        jobs.addAll(more.some());
        jobs.sort(Comparator.comparing(RunningJob::startedAt));
        return new HeldJobs.OfWorker(some.count() + more.count(), jobs.subList(0, Math.min(jobs.size(), JOBS_SHOWN)));
    }
}
