package io.mainstay.stores.second;

import io.mainstay.job.HandlerName;
import io.mainstay.job.JobId;
import io.mainstay.job.JobState;
import io.mainstay.job.NewJob;
import io.mainstay.job.QueueName;
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
import io.mainstay.queue.places.KeptIn;
import io.mainstay.stores.JobRead;
import io.mainstay.stores.JobReads;
import io.mainstay.stores.PartitionedLists;
import io.mainstay.stores.UniqueKeys;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Queues that are critical are in both stores: what is asked of a job is asked of both, and who has it answers. All other queues
 * are left to those who keep them.
 */
public final class CriticalJobStore extends JobReads {

    private final JobStore places;
    private final JobStore others;
    private final CriticalQueues critical;
    private final ActiveActive enqueues;
    private final CriticalSettings settings;
    private final PartitionedLists lists;

    /**
     * @param places knows places of queues
     * @param others knows all other queues as callers know them
     */
    public CriticalJobStore(JobStore places, JobStore others, CriticalQueues critical, ActiveActive enqueues) {
        this.places = places;
        this.others = others;
        this.critical = critical;
        this.enqueues = enqueues;
        this.lists = new PartitionedLists(places);
        this.settings = new CriticalSettings(places, others, critical);
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job) {
        if (!critical.has(job.queue())) {
            return others.enqueue(job);
        }
        return UniqueKeys.refuse(job, "is critical, and no store")
                .chain(() -> enqueues.enqueue(job))
                .map(CriticalJobStore::withStore);
    }

    private static Enqueued withStore(Enqueued answer) {
        return answer instanceof Enqueued.Created || answer instanceof Enqueued.Existing
                ? answer.in(KeptIn.of(answer.job().queue()))
                : answer;
    }

    @Override
    public Uni<Enqueued> enqueue(NewJob job, Admission admission) {
        return places.enqueue(job, admission);
    }

    /** Fails if one is in neither, as far as is known: it may be in the one that does not answer. */
    @Override
    public Uni<Map<JobId, JobState>> states(QueueName queue, List<JobId> ids) {
        if (!critical.has(queue)) {
            return others.states(queue, ids);
        }
        Uni<Map<JobId, JobState>> first = places.states(queue, ids);
        return first.onItemOrFailure()
                .transformToUni((known, failure) -> failure == null && known.size() == ids.size()
                        ? Uni.createFrom().item(known)
                        : places.states(queue.inSecondStore(), ids).map(more -> {
                            Map<JobId, JobState> both = new HashMap<>(more);
                            if (failure == null) {
                                both.putAll(known);
                            } else if (both.size() < ids.size()) {
                                throw asRuntime(failure);
                            }
                            return both;
                        }));
    }

    @Override
    protected <T> Uni<Optional<T>> read(QueueName queue, JobId id, JobRead<T> read) {
        return critical.has(queue)
                ? found(queue, place -> read.of(places, place, id), Optional::isPresent)
                : read.of(others, queue, id);
    }

    @Override
    public Uni<JobPage> list(QueueName queue, PageRequest page, Set<JobPart> parts) {
        return critical.has(queue) ? lists.of(pages(queue, page), page, parts) : others.list(queue, page, parts);
    }

    /** Of a store that does not answer, nothing. */
    private Uni<List<JobPage>> pages(QueueName queue, PageRequest page) {
        PageRequest each = page.eachOf(2);
        return Either.sum(
                places.list(queue, each, Set.of()).map(List::of),
                places.list(queue.inSecondStore(), each, Set.of()).map(List::of),
                (one, other) -> Stream.concat(one.stream(), other.stream()).toList());
    }

    /** In both, for it may be in both. */
    @Override
    public Uni<Change> cancel(QueueName queue, JobId id) {
        return critical.has(queue)
                ? Either.sum(
                        places.cancel(queue, id), places.cancel(queue.inSecondStore(), id), CriticalJobStore::better)
                : others.cancel(queue, id);
    }

    @Override
    public Uni<Change> requeue(QueueName queue, JobId id, String request) {
        return critical.has(queue)
                ? inOne(queue, place -> places.requeue(place, id, request))
                : others.requeue(queue, id, request);
    }

    @Override
    public Uni<Change> reschedule(QueueName queue, JobId id, Rescheduling change, String request) {
        return critical.has(queue)
                ? inOne(queue, place -> places.reschedule(place, id, change, request))
                : others.reschedule(queue, id, change, request);
    }

    /** In one of them, the first if both have it. */
    private static Uni<Change> inOne(QueueName queue, Function<QueueName, Uni<Change>> change) {
        return change.apply(queue).onItemOrFailure().transformToUni((first, failure) -> {
            if (first instanceof Change.Applied) {
                return Uni.createFrom().item(first);
            }
            return change.apply(queue.inSecondStore()).map(second -> {
                if (second instanceof Change.NotFound && failure != null) {
                    throw asRuntime(failure);
                }
                return failure == null ? better(first, second) : second;
            });
        });
    }

    @Override
    public Uni<List<String>> reach(Duration within) {
        return others.reach(within);
    }

    @Override
    public Uni<List<QueueFigures>> figures(List<QueueName> queues) {
        return settings.figures(queues);
    }

    @Override
    public Uni<Void> changeLimits(QueueName queue, LimitsPatch patch) {
        return critical.has(queue)
                ? settings.inBoth(queue, place -> places.changeLimits(place, patch)
                                .replaceWith(true))
                        .replaceWithVoid()
                : others.changeLimits(queue, patch);
    }

    @Override
    public Uni<Void> setPaused(QueueName queue, boolean paused) {
        return critical.has(queue)
                ? settings.inBoth(
                                queue, place -> places.setPaused(place, paused).replaceWith(true))
                        .replaceWithVoid()
                : others.setPaused(queue, paused);
    }

    @Override
    public Uni<Boolean> setPaused(QueueName queue, HandlerName handler, boolean paused) {
        return critical.has(queue)
                ? settings.inBoth(queue, place -> places.setPaused(place, handler, paused))
                : others.setPaused(queue, handler, paused);
    }

    private static <T> Uni<T> found(QueueName queue, Function<QueueName, Uni<T>> ask, Predicate<T> found) {
        return Either.found(ask.apply(queue), ask.apply(queue.inSecondStore()), found);
    }

    /** What says more of the job. */
    private static Change better(Change one, Change other) {
        if (one instanceof Change.Applied || other instanceof Change.NotFound) {
            return one;
        }
        return other instanceof Change.Applied || one instanceof Change.NotFound ? other : one;
    }

    private static RuntimeException asRuntime(Throwable failure) {
        return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
    }
}
